package io.memoryreflector.systemtests.faults;

import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.systemtests.faults.agent.Behaviour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;

/** The whole stack with the agent in its programs. Not thread-safe. */
final class FaultyStack implements AutoCloseable {

    private final LocalStack stack;
    private final Path behaviour;
    private Behaviour current;

    private FaultyStack(LocalStack stack, Path behaviour, Behaviour current) {
        this.stack = stack;
        this.behaviour = behaviour;
        this.current = current;
    }

    /** @param timeout of one call of the reflector */
    static FaultyStack start(Behaviour behaviour, Duration timeout) throws IOException {
        var folder = Files.createTempDirectory("faults");
        var file = folder.resolve("behaviour.properties");
        behaviour.write(file);
        var settings = new HashMap<String, String>();
        settings.put("JAVA_TOOL_OPTIONS", "-javaagent:" + AgentJar.in(folder) + "=" + file);
        settings.put("REFLECTION_RETRY_DELAY", "PT0.2S");
        settings.put("REFLECTION_RETRY_MAX_DELAY", "PT1S");
        settings.put("REFLECTION_MAX_RETRIES", "60");
        settings.put("REFLECTION_TIMEOUT", timeout.toString());
        settings.put("REFLECTION_WORKERS", "256");
        settings.put("REFLECTION_CIRCUIT_OPEN", "PT1S");
        return new FaultyStack(LocalStack.start(Part.whole(), settings), file, behaviour);
    }

    LocalStack stack() {
        return stack;
    }

    /** Makes the programs behave so; starts those again that a planted bug comes into or goes out of. */
    void behave(Behaviour wanted) throws IOException {
        var parts = EnumSet.noneOf(Part.class);
        for (var each : new Behaviour[] {current, wanted}) {
            each.bug().map(bug -> Part.valueOf(bug.program())).ifPresent(parts::add);
        }
        if (!wanted.equals(current) && parts.isEmpty()) {
            parts.add(Part.REFLECTOR);
        }
        wanted.write(behaviour);
        current = wanted;
        parts.forEach(part -> stack.process(part).restart());
    }

    @Override
    public void close() {
        stack.close();
    }
}
