package io.memoryreflector.client;

import java.time.Duration;

/** Checks of settings: each failure names the setting, what it got and what it takes. */
final class Settings {

    private Settings() {}

    static void number(String name, long got, long least, long most) {
        if (got < least || got > most) {
            throw new IllegalArgumentException(
                    name + ": got " + got + ", takes a whole number from " + least + " to " + most);
        }
    }

    static void duration(String name, Duration got, Duration least, Duration most) {
        if (got == null || got.compareTo(least) < 0 || got.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + ": got " + got + ", takes from " + least + " to " + most);
        }
    }
}
