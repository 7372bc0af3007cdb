package io.memoryreflector.systemtests.faults.agent;

import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.pool.TypePool;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An agent that finds no such method plants nothing and says nothing. */
class BugTest {

    private static final File INGEST = new File("../ingest-service/target/classes");

    @ParameterizedTest
    @EnumSource(Bug.class)
    void shouldNameAMethodThatIsThere(Bug bug) throws IOException {
        try (var ingest = new ClassFileLocator.ForFolder(INGEST);
                var classpath = ClassFileLocator.ForClassLoader.of(getClass().getClassLoader())) {
            var type = TypePool.Default.of(new ClassFileLocator.Compound(ingest, classpath))
                    .describe(bug.type())
                    .resolve();

            assertThat(type.getDeclaredMethods().filter(named(bug.method()).and(not(isAbstract()))))
                    .isNotEmpty();
        }
    }
}
