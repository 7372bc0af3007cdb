package io.memoryreflector.reflection.model.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.env.InvalidSetting;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionsTest {

    private static final Redactions ALL = redactions("REFLECTION_REDACT", "keys,cards,emails,phones");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "use sk-proj-abcDEF1234567890_-xyz now|use [redacted:key] now",
                "AKIAIOSFODNN7EXAMPLE|[redacted:key]",
                "ghp_abcdefghijklmnopqrstuvwxyz0123456789|[redacted:key]",
                "token xoxb-123456789012-abcdefghij.|token [redacted:key].",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dBjftJeZ4CVPmB92K27uhbUJU1p1r_wW|[redacted:key]",
                "My password is hunter2!|My password is [redacted:key]",
                "Password: correct-horse|Password: [redacted:key]",
                "api_key=abc123def|api_key=[redacted:key]",
                "\"password\": \"s3cr3t\"|\"password\": \"[redacted:key]\"",
                "the PIN is 4711|the PIN is [redacted:key]",
                "4111 1111 1111 1111|[redacted:card]",
                "card 5500-0000-0000-0004, thanks|card [redacted:card], thanks",
                "no 1234 4111111111111111 ok|no 1234 [redacted:card] ok",
                "378282246310005|[redacted:card]",
                "write to ada.l+x@mail.example.org today|write to [redacted:email] today",
                "call +351 912 345 678|call [redacted:phone]",
                "call (212) 555-0100|call [redacted:phone]",
                "0171/1234567|[redacted:phone]",
            })
    void shouldTakeOut(String text, String redacted) {
        assertThat(ALL.apply("default", text)).isEqualTo(redacted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I forgot my password",
                "my password is wrong",
                "The password was not accepted",
                "the pin is too short",
                "4111 1111 1111 1112 is no card",
                "order 1234567890123456",
                "timestamp 1714645200000",
                "on 2026-05-02 at 10:00:00",
                "it costs 1 000 000 or 1,250.50",
                "the task is risk-averse",
                "see @ada on the 3rd",
                "version 10.0.17.2",
                "12 May 2024, room 404",
            })
    void shouldLetStand(String text) {
        assertThat(ALL.apply("default", text)).isEqualTo(text);
    }

    @Test
    void shouldTakeOutPrivateKeysWhole() {
        var key = """
                -----BEGIN RSA PRIVATE KEY-----
                Proc-Type: 4,ENCRYPTED
                DEK-Info: AES-128-CBC,AB

                MIIEpAIBAAKCAQEA
                -----END RSA PRIVATE KEY-----""";

        assertThat(ALL.apply("default", "a " + key + " b " + key + " c"))
                .isEqualTo("a [redacted:key] b [redacted:key] c");
        assertThat(ALL.apply("default", "a -----BEGIN PRIVATE KEY-----\nMIIEpAIBAAKCAQEA"))
                .isEqualTo("a [redacted:key]");
    }

    @Test
    void shouldTakeOutKeysAndCardsAloneUnlessToldOtherwise() {
        var redactions = redactions();

        assertThat(redactions.apply("default", "a@b.example, 4111111111111111, +351 912 345 678"))
                .isEqualTo("a@b.example, [redacted:card], +351 912 345 678");
    }

    @Test
    void shouldLetTextsOfANamespaceStand() {
        var redactions = redactions("REFLECTION_REDACT_OFF_NAMESPACES", "lab, test");

        assertThat(redactions.apply("lab", "4111111111111111")).isEqualTo("4111111111111111");
        assertThat(redactions.apply("test", "4111111111111111")).isEqualTo("4111111111111111");
        assertThat(redactions.apply("default", "4111111111111111")).isEqualTo("[redacted:card]");
    }

    @Test
    void shouldTakeOutNothingWhereNothingIsAskedFor() {
        assertThat(redactions("REFLECTION_REDACT", "none").apply("default", "4111111111111111"))
                .isEqualTo("4111111111111111");
    }

    @Test
    void shouldFindWhatOthersHaveAdded() {
        assertThat(redactions("REFLECTION_REDACT", "badges").apply("default", "badge B-17 of Ada"))
                .isEqualTo("badge [redacted:badge] of Ada");
    }

    @Test
    void shouldNameWhatItTakes() {
        assertThatThrownBy(() -> redactions("REFLECTION_REDACT", "cards,names"))
                .isInstanceOf(InvalidSetting.class)
                .hasMessage("REFLECTION_REDACT: got 'cards,names', takes none, or with commas: "
                        + "keys, cards, emails, phones, badges");
    }

    @Test
    void shouldTakeLongTextsInShortTime() {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (var piece : new String[] {
                "a",
                "1",
                "4 ",
                "4111-",
                "eyJ-",
                "eyJaaaaaaaa.",
                "a@a.",
                "a.a",
                "+1 ",
                "0(1)",
                "sk-",
                "password is ",
                "-----BEGIN PRIVATE KEY-----",
                "pin",
                " "
            }) {
                ALL.apply("default", piece.repeat(256 * 1024 / piece.length()));
            }
        });
    }

    private static Redactions redactions(String... variables) {
        return Redactions.from(new Environment(variables.length == 0 ? Map.of() : Map.of(variables[0], variables[1])));
    }

    /** As users add one. */
    public static final class Badges implements Redaction {
        @Override
        public String kind() {
            return "badges";
        }

        @Override
        public String redact(String text) {
            return text.replaceAll("B-\\d{2}", "[redacted:badge]");
        }
    }
}
