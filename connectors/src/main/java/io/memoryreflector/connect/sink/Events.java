package io.memoryreflector.connect.sink;

import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** A batch of decoded events, in the order of the log. */
public record Events(List<SpecificRecord> all) {

    /** Those of one kind. */
    public <T extends SpecificRecord> List<T> of(Class<T> type) {
        return all.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
