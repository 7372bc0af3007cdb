package io.memoryreflector.ingest.pipeline;

import io.memoryreflector.ingest.config.ServiceSettings;
import io.memoryreflector.ingest.deadletters.ParkedLetters;
import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.store.status.StatusTotals;
import io.memoryreflector.store.status.WaitingRetries;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The objects behind the pipeline's endpoints. */
@Configuration(proxyBeanMethods = false)
class PipelineConfiguration {

    /** As many threads as questions are under way, each of which has its own end. */
    @Bean(destroyMethod = "shutdownNow", defaultCandidate = false)
    ExecutorService pipelineQuestions() {
        return Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task, "pipeline-question");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Bean
    PipelineMonitor pipelineMonitor(
            Admin admin,
            Environment environment,
            ServiceSettings settings,
            JsonMapper json,
            HealthContributorRegistry checks,
            WaitingRetries retries,
            ParkedLetters letters,
            StatusTotals totals,
            @Qualifier("pipelineQuestions") ExecutorService executor,
            InstantSource clock) {
        return new PipelineMonitor(
                new LogPositions(admin),
                Reflectors.from(environment),
                new Connectors(settings, json),
                new PartsHealth(checks, executor),
                retries,
                letters,
                totals,
                environment.text("REFLECTOR_APPLICATION_ID", "memory-reflector"),
                executor,
                clock);
    }
}
