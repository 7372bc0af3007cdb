package io.memoryreflector.connect.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.connect.sink.Blame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

class RedisErrorsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOADING Redis is loading the dataset in memory",
                "OOM command not allowed when used memory > 'maxmemory'.",
                "READONLY You can't write against a read only replica.",
                "MISCONF Redis is configured to save RDB snapshots",
                "NOAUTH Authentication required.",
                "WRONGPASS invalid username-password pair or user is disabled.",
                "NOPERM this user has no permissions to run the 'eval' command",
                "ERR max number of clients reached",
                "ERR Error running script (call to f_1): @user_script:2: -OOM command not allowed when used memory"
            })
    void shouldBlameTheServerForWhatItWouldSayToAnyRecord(String message) {
        assertThat(RedisErrors.blame(new JedisDataException(message))).isEqualTo(Blame.SERVER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WRONGTYPE Operation against a key holding the wrong kind of value",
                "ERR value is not an integer or out of range"
            })
    void shouldBlameTheRecordForWhatItMadeOfItsKeys(String message) {
        assertThat(RedisErrors.blame(new JedisDataException(message))).isEqualTo(Blame.RECORD);
    }

    @Test
    void shouldWaitForAServerThatIsNotThere() {
        assertThat(RedisErrors.blame(new JedisConnectionException("gone"))).isEqualTo(Blame.SERVER);
        assertThat(RedisErrors.blame(new JedisException("Could not get a resource from the pool")))
                .isEqualTo(Blame.SERVER);
    }

    @Test
    void shouldBlameTheRecordForWhatNoServerHasSeen() {
        assertThat(RedisErrors.blame(new IllegalArgumentException("namespace"))).isEqualTo(Blame.RECORD);
    }
}
