package io.memoryreflector.systemtests.model.load;

import io.memoryreflector.events.Episode;
import io.memoryreflector.events.Fact;
import io.memoryreflector.events.Procedure;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.schemas.topic.Topics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Whether each user's memories stand in the order in which the user spoke, and none twice. One thread. */
public final class UserOrder {

    private final CommittedRecords records;
    private final String run;
    private long memories;
    private long outOfOrder;
    private long twice;

    /** @param run of which the interactions are */
    public UserOrder(CommittedRecords records, String run) {
        this.records = records;
        this.run = run;
    }

    /**
     * What was found.
     *
     * @param memories of the run
     * @param outOfOrder memories of what was said before that of a memory that stands before
     * @param twice memories whose id stood there already
     */
    public record Result(long memories, long outOfOrder, long twice) {}

    /** Reads what is there now. */
    public Result check() {
        var episodes = new Seen();
        var facts = new Seen();
        var procedures = new Seen();
        records.<Episode>read(
                Topics.EPISODIC, record -> episodes.add(record, Episode::getMemoryId, Episode::getSources));
        records.<Fact>read(Topics.SEMANTIC, record -> facts.add(record, Fact::getMemoryId, Fact::getSources));
        records.<Procedure>read(
                Topics.PROCEDURAL, record -> procedures.add(record, Procedure::getMemoryId, Procedure::getSources));
        return new Result(memories, outOfOrder, twice);
    }

    /** One tier's memories so far. */
    private final class Seen {

        private final Map<String, Integer> lastOfUser = new HashMap<>();
        private final HashSet<String> ids = new HashSet<>();

        <T extends SpecificRecord> void add(
                ConsumerRecord<String, T> record, Function<T, String> id, Function<T, List<SourceRef>> sources) {
            var interaction = sources.apply(record.value()).get(0).getInteractionId();
            if (!interaction.startsWith(run + ":")) {
                return;
            }
            memories++;
            var number = Integer.parseInt(interaction.substring(run.length() + 1));
            var before = lastOfUser.merge(record.key(), number, Math::max);
            outOfOrder += before > number ? 1 : 0;
            twice += ids.add(id.apply(record.value())) ? 0 : 1;
        }
    }
}
