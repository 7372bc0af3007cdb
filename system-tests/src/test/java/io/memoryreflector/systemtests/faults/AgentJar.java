package io.memoryreflector.systemtests.faults;

import io.memoryreflector.systemtests.faults.agent.FaultAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import net.bytebuddy.ByteBuddy;

/** Packs the agent's classes into the jar that a Java machine asks for. Byte Buddy is named in its class path. */
final class AgentJar {

    private AgentJar() {}

    /** Writes the jar into the folder; its path holds no blank, because {@code JAVA_TOOL_OPTIONS} splits at them. */
    static Path in(Path folder) throws IOException {
        var jar = folder.resolve("fault-agent.jar");
        var classes = location(FaultAgent.class);
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest());
                var files = Files.walk(
                        classes.resolve(FaultAgent.class.getPackageName().replace('.', '/')))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
        return jar;
    }

    private static Manifest manifest() {
        var manifest = new Manifest();
        var attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(new Attributes.Name("Premain-Class"), FaultAgent.class.getName());
        attributes.put(
                Attributes.Name.CLASS_PATH, location(ByteBuddy.class).toUri().toString());
        return manifest;
    }

    private static Path location(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }
}
