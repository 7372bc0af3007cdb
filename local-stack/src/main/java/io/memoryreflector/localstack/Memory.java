package io.memoryreflector.localstack;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether this machine has room for all parts. */
final class Memory {

    private static final long NEEDED_MIB = 3 * 1024;
    private static final Path LINUX = Path.of("/proc/meminfo");

    private Memory() {}

    /** @throws StackException if too little memory is free */
    static void check() throws IOException {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        var allowed = system.getTotalMemorySize() >> 20;
        check(Files.exists(LINUX) ? Math.min(allowed, availableMib(Files.readAllLines(LINUX), allowed)) : allowed);
    }

    static void check(long availableMib) {
        if (availableMib < NEEDED_MIB) {
            throw new StackException("Memory is short: " + availableMib + " MiB are available, all parts together need "
                    + NEEDED_MIB + " MiB. Close other programs, or give the machine or container more.");
        }
    }

    /** What Linux says can be had without swapping, which is more than what is unused. */
    static long availableMib(List<String> meminfo, long otherwise) {
        return meminfo.stream()
                .filter(line -> line.startsWith("MemAvailable:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                .findFirst()
                .orElse(otherwise);
    }
}
