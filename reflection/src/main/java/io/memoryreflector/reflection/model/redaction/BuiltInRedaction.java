package io.memoryreflector.reflection.model.redaction;

import java.util.Locale;
import java.util.function.UnaryOperator;

/** The redactions that come along. Their patterns are bounded, so that no text takes them long. */
enum BuiltInRedaction implements Redaction {
    /** Keys, tokens, private keys and passwords that are given as such. */
    KEYS(Secrets::redact),
    /** Card numbers whose check digit is right. */
    CARDS(CardNumbers::redact),
    /** E-mail addresses. */
    EMAILS(Contacts::redactEmails),
    /** Telephone numbers. */
    PHONES(Contacts::redactPhones);

    private final UnaryOperator<String> redaction;

    BuiltInRedaction(UnaryOperator<String> redaction) {
        this.redaction = redaction;
    }

    @Override
    public String kind() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String redact(String text) {
        return redaction.apply(text);
    }
}
