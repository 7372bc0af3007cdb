package io.memoryreflector.systemtests.faults.agent;

import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.isBridge;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.pool.TypePool;

/** Entry of the agent; its argument is the file of its {@link Behaviour}. */
public final class FaultAgent {

    private static volatile Behaviour behaviour = Behaviour.fast();

    private FaultAgent() {}

    /** Called by the Java machine before the program's own start. */
    public static void premain(String file, Instrumentation instrumentation) throws IOException {
        behaviour = Behaviour.read(Path.of(file));
        var builder = advise(
                new AgentBuilder.Default()
                        .with(AgentBuilder.Listener.StreamWriting.toSystemError()
                                .withErrorsOnly()),
                "io.memoryreflector.reflection.offline.OfflineReflectors",
                "with",
                FaultyReflector.Replacing.class);
        builder = advise(builder, "io.memoryreflector.reflection.embedding.MiniLmEmbedder", "embed", NoEmbedding.class);
        if (behaviour.bug().isPresent()) {
            var bug = behaviour.bug().get();
            builder = advise(builder, bug.type(), bug.method(), bug.advice());
        }
        builder.installOn(instrumentation);
    }

    static Behaviour behaviour() {
        return behaviour;
    }

    /** The advice is described from its class file: loading it would load the very class that is being changed. */
    private static AgentBuilder advise(AgentBuilder builder, String type, String method, Class<?> advice) {
        var files = ClassFileLocator.ForClassLoader.of(FaultAgent.class.getClassLoader());
        var described = TypePool.Default.of(files).describe(advice.getName()).resolve();
        return builder.type(named(type))
                .transform((changed, description, loader, module, domain) -> changed.visit(Advice.to(described, files)
                        .on(named(method).and(not(isAbstract())).and(not(isBridge())))));
    }
}
