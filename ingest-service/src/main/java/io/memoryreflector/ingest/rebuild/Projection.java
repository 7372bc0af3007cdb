package io.memoryreflector.ingest.rebuild;

import io.memoryreflector.schemas.topic.Topic;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * What is built from the log beside what is in use, and takes its place. Any step may be done twice, and none harms a later
 * rebuild. One thread.
 */
interface Projection {

    /** What it is made of. */
    List<Topic> topics();

    /** Empties the place beside. */
    void clear();

    /**
     * Writes a batch beside, and behind the switch into what is in use by then.
     *
     * @return how many of them nobody can write
     */
    int write(List<SpecificRecord> events);

    /** Takes out what time has taken out of what is in use. */
    void settle();

    /** What was built is in use from now on, in one step. */
    void switchOver();

    /** Deletes what was in use before. */
    void drop();
}
