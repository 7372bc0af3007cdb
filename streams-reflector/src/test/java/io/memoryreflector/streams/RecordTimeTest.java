package io.memoryreflector.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordTimeTest {

    @ParameterizedTest
    @CsvSource({"1777716000000, 1777716000000", "0, 0", "-1, 0", "-9223372036854775808, 0"})
    void shouldTakeTheRecordsTimeOr1970WhereItHasNone(long timestamp, long expected) {
        var record = new ConsumerRecord<Object, Object>(
                "t", 0, 0, timestamp, TimestampType.CREATE_TIME, 0, 0, "k", "v", new RecordHeaders(), Optional.empty());

        assertThat(new RecordTime().extract(record, 42)).isEqualTo(expected);
    }
}
