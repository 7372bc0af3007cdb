package io.memoryreflector.client.examples;

/** Runs the example of where encryption is on; the tests of the whole system start it beside such a system. */
public final class ToInbox {

    private ToInbox() {}

    public static void main(String[] args) {
        var id = Examples.toInbox(System.getenv("KAFKA_BOOTSTRAP_SERVERS"), System.getenv("SCHEMA_REGISTRY_URL"));
        System.out.println("collected " + id);
    }
}
