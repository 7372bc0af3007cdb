package io.memoryreflector.schemas.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.env.InvalidSetting;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeysTest {

    private static final String FIRST = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String SECOND =
            Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes());
    private static final String SERVICE = KeyService.SCHEME + "region/key";
    private static final byte[] KEY = "a user's key".getBytes(StandardCharsets.UTF_8);
    private static final byte[] ADA = "default/ada".getBytes(StandardCharsets.UTF_8);

    @Test
    void shouldUnwrapWhatItHasWrapped() throws Exception {
        var wrapped = MasterKeys.parse(FIRST).wrap(KEY, ADA);

        assertThat(MasterKeys.parse(FIRST).unwrap(wrapped, ADA)).isEqualTo(KEY);
        assertThat(new String(wrapped, StandardCharsets.ISO_8859_1)).doesNotContain("a user's key");
    }

    @Test
    void shouldUnwrapForNobodyElse() throws Exception {
        var wrapped = MasterKeys.parse(FIRST).wrap(KEY, ADA);

        assertThatThrownBy(() -> MasterKeys.parse(FIRST).unwrap(wrapped, "default/eve".getBytes()))
                .isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> MasterKeys.parse(SECOND).unwrap(wrapped, ADA))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void shouldStillUnwrapWithAnOlderKeyAfterARotation() throws Exception {
        var wrapped = MasterKeys.parse(FIRST).wrap(KEY, ADA);
        var rotated = MasterKeys.parse(SECOND + "," + FIRST);

        assertThat(rotated.unwrap(wrapped, ADA)).isEqualTo(KEY);
        assertThat(rotated.id()).isEqualTo(MasterKeys.parse(SECOND).id());
        assertThat(MasterKeys.parse(SECOND).unwrap(rotated.wrap(KEY, ADA), ADA)).isEqualTo(KEY);
    }

    @Test
    void shouldWrapByAKeyManagementServiceWhoseClientIsOnTheClasspath() throws Exception {
        var callsBefore = KeyService.calls();
        var master = MasterKeys.parse(SERVICE);
        assertThat(KeyService.calls())
                .as("asked when there is something to wrap")
                .isEqualTo(callsBefore);

        var wrapped = master.wrap(KEY, ADA);

        assertThat(MasterKeys.parse(SERVICE).unwrap(wrapped, ADA)).isEqualTo(KEY);
        assertThat(KeyService.calls()).isEqualTo(callsBefore + 2);
        assertThat(master.id()).isEqualTo(SERVICE);
        assertThatThrownBy(() -> MasterKeys.parse(SERVICE + "-another").unwrap(wrapped, ADA))
                .isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> master.unwrap(wrapped, "default/eve".getBytes()))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void shouldSealMoreThanAKeyManagementServiceTakesAtOnce() throws Exception {
        var text = new byte[100_000];
        var nobodys = MasterKeys.parse(SERVICE).aead();

        assertThat(nobodys.decrypt(nobodys.encrypt(text, ADA), ADA)).isEqualTo(text);
    }

    @Test
    void shouldMoveToAKeyManagementServiceAndBack() throws Exception {
        var before = MasterKeys.parse(FIRST).wrap(KEY, ADA);
        var moved = MasterKeys.parse(SERVICE + "," + FIRST);

        assertThat(moved.id()).isEqualTo(SERVICE);
        assertThat(moved.unwrap(before, ADA)).isEqualTo(KEY);
        var wrapped = moved.wrap(KEY, ADA);
        assertThat(MasterKeys.parse(SERVICE).unwrap(wrapped, ADA)).isEqualTo(KEY);
        var back = MasterKeys.parse(FIRST + ", " + SERVICE);
        assertThat(back.id()).isEqualTo(MasterKeys.parse(FIRST).id());
        assertThat(back.unwrap(wrapped, ADA)).isEqualTo(KEY);
        assertThat(MasterKeys.parse(FIRST).unwrap(back.wrap(KEY, ADA), ADA)).isEqualTo(KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2", "c2hvcnQ=", "not base64!", "nothing-kms://a/b"})
    void shouldNotStartWithWhatIsNoKeyNorShowIt(String value) {
        assertThatThrownBy(() -> MasterKeys.fromEnvironment(new Environment(Map.of(MasterKeys.VARIABLE, value))))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageStartingWith("REFLECTOR_MASTER_KEY: got '***', takes 32 random bytes in Base64")
                .hasMessageNotContaining(value);
    }

    @Test
    void shouldTellNoKey() {
        assertThat(MasterKeys.parse(SECOND).toString()).doesNotContain(SECOND);
    }

    @Test
    void shouldBeMissingWhereNoneIsSet() {
        assertThat(MasterKeys.fromEnvironment(new Environment(Map.of()))).isEmpty();
    }
}
