package io.memoryreflector.systemtests.faults.agent;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Chance that hangs on nothing but words, so that both sides of the harness come to the same. Thread-safe. */
public final class Chance {

    private Chance() {}

    /** A number from 0 to below 1, evenly spread over the words. */
    public static double of(String... words) {
        var crc = new CRC32();
        for (var word : words) {
            crc.update(word.getBytes(StandardCharsets.UTF_8));
            crc.update(0);
        }
        var mixed = crc.getValue() * 0x9E37_79B9_7F4A_7C15L;
        mixed = (mixed ^ mixed >>> 32) * 0xD6E8_FEB8_6659_FD93L;
        return (mixed >>> 11) * 0x1.0p-53;
    }
}
