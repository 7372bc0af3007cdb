package io.memoryreflector.ingest;

import io.memoryreflector.ingest.config.ServiceSettings;
import io.memoryreflector.ingest.config.StartFailure;
import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.env.LogFormat;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The program: REST on the log and the stores, configured by environment variables. */
@SpringBootApplication
public class IngestApplication {

    /** Starts the service; a start that cannot succeed ends with one line on standard error and exit code 1. */
    public static void main(String[] args) {
        try {
            start(Environment.ofProcess());
        } catch (RuntimeException failure) {
            System.err.println("ingest-service cannot start: " + StartFailure.line(failure));
            System.exit(1);
        }
    }

    /**
     * Starts the service and returns once it answers.
     *
     * @throws io.memoryreflector.schemas.env.InvalidSetting if a variable's value cannot be used
     */
    public static ConfigurableApplicationContext start(Environment environment) {
        LogFormat.from(environment);
        var settings = ServiceSettings.fromEnvironment(environment);
        var application = new SpringApplication(IngestApplication.class);
        application.setMainApplicationClass(IngestApplication.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.addInitializers(context -> {
            var beans = (GenericApplicationContext) context;
            beans.registerBean(Environment.class, () -> environment);
            beans.registerBean(ServiceSettings.class, () -> settings);
        });
        return application.run(
                "--server.port=" + settings.port(),
                "--server.address=" + settings.address().getHostAddress());
    }
}
