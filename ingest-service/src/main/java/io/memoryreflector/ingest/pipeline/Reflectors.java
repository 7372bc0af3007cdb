package io.memoryreflector.ingest.pipeline;

import io.memoryreflector.ingest.health.HttpServer;
import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.env.InvalidSetting;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The reflectors' own metrics, from each instance that {@code REFLECTOR_URLS} names. Thread-safe. */
final class Reflectors {

    private static final Logger LOG = LoggerFactory.getLogger(Reflectors.class);
    private static final String VARIABLE = "REFLECTOR_URLS";

    private final List<HttpServer> instances;

    private Reflectors(List<HttpServer> instances) {
        this.instances = instances;
    }

    /**
     * Instances, as base addresses separated by commas; the one of this machine if nothing is said.
     *
     * @throws InvalidSetting where one is no address
     */
    static Reflectors from(Environment environment) {
        var usual = "http://127.0.0.1:" + environment.integer("REFLECTOR_PORT", 8090, 0, 65_535);
        var value = environment.text(VARIABLE, usual);
        var instances = new ArrayList<HttpServer>();
        for (var url : value.split(",", -1)) {
            instances.add(new HttpServer(address(url.strip(), value).resolve("/actuator/prometheus")));
        }
        return new Reflectors(instances);
    }

    /**
     * What the instances say.
     *
     * @param known instances that are set
     * @param metrics of those that answered
     */
    record Reading(int known, List<PrometheusText> metrics) {

        boolean isComplete() {
            return metrics.size() == known;
        }
    }

    /** Asks all, one after the other, each for two seconds at most. */
    Reading read() {
        var metrics = new ArrayList<PrometheusText>();
        for (var instance : instances) {
            try {
                metrics.add(PrometheusText.parse(instance.get()));
            } catch (IOException e) {
                LOG.debug("a reflector does not answer: {}", e.toString());
            }
        }
        return new Reading(instances.size(), metrics);
    }

    private static URI address(String url, String value) {
        try {
            var uri = URI.create(url);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Reported below with what it takes.
        }
        throw new InvalidSetting(VARIABLE, value, "URLs such as http://127.0.0.1:8090, more of them with commas");
    }
}
