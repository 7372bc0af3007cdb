package io.memoryreflector.ingest.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.env.InvalidSetting;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessSettingsTest {

    private static final String A = "a0123456789abcdef0123456789abcdef";
    private static final String B = "b0123456789abcdef0123456789abcdef";

    @Test
    void shouldKnowWhoseAKeyIs() {
        var keys = ApiKeys.parse("KEYS", A + ":team-a:write+read, " + B + ":*:admin");

        var writer = keys.find(A).orElseThrow();
        assertThat(writer.namespace()).contains("team-a");
        assertThat(writer.has(Role.WRITE)).isTrue();
        assertThat(writer.has(Role.READ)).isTrue();
        assertThat(writer.has(Role.ADMIN)).isFalse();
        var operator = keys.find(B).orElseThrow();
        assertThat(operator.isOperator()).isTrue();
        assertThat(operator.has(Role.READ)).isTrue();
        assertThat(keys.find(A.toUpperCase(java.util.Locale.ROOT))).isEmpty();
        assertThat(keys.find(A.substring(1))).isEmpty();
        assertThat(keys.find("")).isEmpty();
    }

    @Test
    void shouldKeepNoKeyWhereItCouldBeRead() {
        var keys = ApiKeys.parse("KEYS", A + ":team-a:write");

        assertThat(keys.toString() + keys.find(A)).doesNotContain(A);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short:team-a:write",
                "0000000000000000000000000000000000000000:a:write",
                "a0123456789abcdef0123456789abcde :a:write:x",
                "a0123456789abcdef012345 6789abcdef:a:write",
                "a0123456789abcdef0123456789abcdef:Team A:write",
                "a0123456789abcdef0123456789abcdef:a:owner",
                "a0123456789abcdef0123456789abcdef:a:",
                "a0123456789abcdef0123456789abcdef",
                "a0123456789abcdef0123456789abcdef:a:write,a0123456789abcdef0123456789abcdef:b:read",
                ",",
            })
    void shouldRefuseAnEntryWithoutShowingItsKey(String text) {
        assertThatThrownBy(() -> ApiKeys.parse("REFLECTOR_API_KEYS", text))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageStartingWith("REFLECTOR_API_KEYS: got '")
                .message()
                .hasLineCount(1)
                .doesNotContain("0123456789abcdef", "short:");
    }

    @Test
    void shouldReadKeysFromAFile(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("keys"), "# who\n" + A + ":a:read # Ada's\n\n" + B + ":*:admin\n");

        var settings = settings("127.0.0.1", "REFLECTOR_API_KEYS_FILE", file.toString());

        assertThat(settings.isClosed()).isTrue();
        assertThat(settings.keys().find(A).orElseThrow().namespace()).contains("a");
        assertThat(settings.keys().find(B)).isPresent();
    }

    @Test
    void shouldBeOpenOnLoopbackOnly() {
        assertThat(settings("127.0.0.1").isClosed()).isFalse();
        assertThat(settings("::1").isClosed()).isFalse();
        assertThat(settings("0.0.0.0", "REFLECTOR_API_KEYS", A + ":a:read").isClosed())
                .isTrue();
        assertThatThrownBy(() -> settings("0.0.0.0"))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContainingAll("SERVER_ADDRESS", "127.0.0.1", "REFLECTOR_API_KEYS");
    }

    @ParameterizedTest
    @CsvSource({
        "REFLECTOR_RATE_LIMIT, 100, REFLECTOR_API_KEYS",
        "REFLECTOR_OIDC_ISSUER, login, address",
        "REFLECTOR_OIDC_ISSUER, https://login.example.com, REFLECTOR_OIDC_AUDIENCE",
        "REFLECTOR_API_KEYS_FILE, /no/such/file, a file",
        "REFLECTOR_ALLOWED_HOSTS, https://memory.example.com, without scheme",
    })
    void shouldSayWhatASettingTakes(String name, String value, String takes) {
        assertThatThrownBy(() -> settings("127.0.0.1", name, value))
                .isInstanceOf(InvalidSetting.class)
                .message()
                .hasLineCount(1)
                .contains(name.replace("ISSUER", ""), takes);
    }

    @Test
    void shouldLimitByDefaultWhereThereAreKeys() {
        assertThat(settings("127.0.0.1").rateLimit()).isEmpty();
        assertThat(settings("127.0.0.1", "REFLECTOR_API_KEYS", A + ":a:read").rateLimit())
                .contains(RateLimit.DEFAULT);
        assertThat(settings("127.0.0.1", "REFLECTOR_API_KEYS", A + ":a:read", "REFLECTOR_RATE_LIMIT", "0")
                        .rateLimit())
                .isEmpty();
        assertThat(settings("127.0.0.1", "REFLECTOR_API_KEYS", A + ":a:read", "REFLECTOR_RATE_LIMIT", "60")
                        .rateLimit())
                .contains(new RateLimit(60, 60));
    }

    @Test
    void shouldNotShowWhatIsNotTheCallers() {
        var caller = new Caller("x", Optional.of("a"), java.util.Set.of(Role.ADMIN));

        assertThat(caller.namespace(null)).isEqualTo("a");
        assertThat(caller.namespace("a")).isEqualTo("a");
        assertThatThrownBy(() -> caller.namespace("b")).hasMessageNotContaining("'b'");
        assertThat(caller.sees(null)).isFalse();
        assertThat(caller.isOperator()).isFalse();
        assertThat(Caller.ANYONE.namespace(null)).isEqualTo("default");
        assertThat(Caller.ANYONE.sees(null)).isTrue();
    }

    private static AccessSettings settings(String address, String... variables) {
        var environment = new HashMap<String, String>();
        for (var i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        try {
            return AccessSettings.from(new Environment(Map.copyOf(environment)), InetAddress.getByName(address));
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
