package io.memoryreflector.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.UserForgotten;
import org.junit.jupiter.api.Test;

class EventDatumsTest {

    private final EventDatums<UserForgotten> datums = new EventDatums<>();

    @Test
    void shouldKeepOneReaderAndOneWriterOfASchema() {
        var schema = UserForgotten.getClassSchema();

        assertThat(datums.createDatumReader(schema)).isSameAs(datums.createDatumReader(schema));
        assertThat(datums.createDatumWriter(null, schema)).isSameAs(datums.createDatumWriter(null, schema));
    }
}
