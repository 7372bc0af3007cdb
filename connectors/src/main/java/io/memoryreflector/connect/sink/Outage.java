package io.memoryreflector.connect.sink;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once that a server has to be waited for, and once that it answers again. One thread. */
final class Outage {

    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

    private boolean lasting;

    void met(NoAnswer error) {
        if (!lasting) {
            lasting = true;
            LOG.warn("{}; the records wait in Kafka and are tried again", error.getMessage(), error.getCause());
        }
    }

    void over() {
        if (lasting) {
            lasting = false;
            LOG.info("the records that waited are written, all servers answer again");
        }
    }
}
