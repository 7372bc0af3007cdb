package io.memoryreflector.reflection.model.redaction;

import java.util.regex.Pattern;

/** Finds e-mail addresses and telephone numbers. */
final class Contacts {

    private static final Pattern EMAIL = Pattern.compile(
            "(?<![\\p{L}\\p{N}._%+-])[\\p{L}\\p{N}._%+-]{1,64}+@(?:[\\p{L}\\p{N}-]{1,63}+\\.){1,8}[\\p{L}]{2,24}+");

    /** With a country's code, with a national zero, or in the three groups of North America. */
    private static final Pattern PHONE = Pattern.compile("(?<![\\p{L}\\p{N}.,:/-])(?:"
            + "(?:\\+|00)[1-9](?:[ ()./-]{0,3}[0-9]){6,14}"
            + "|\\(?0[1-9](?:[ ()./-]{0,3}[0-9]){5,12}"
            + "|\\(?[2-9][0-9]{2}(?:\\) ?|[ .-])[0-9]{3}[ .-][0-9]{4})(?![\\p{L}\\p{N}])");

    private Contacts() {}

    static String redactEmails(String text) {
        return text.indexOf('@') < 0 ? text : EMAIL.matcher(text).replaceAll("[redacted:email]");
    }

    static String redactPhones(String text) {
        return PHONE.matcher(text).replaceAll("[redacted:phone]");
    }
}
