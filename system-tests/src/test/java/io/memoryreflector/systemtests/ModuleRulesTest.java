package io.memoryreflector.systemtests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Dependencies point one way only, as the architecture lists them. */
class ModuleRulesTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPaths(List.of(
                    classes("schemas"),
                    classes("reflection"),
                    classes("memory-store"),
                    classes("streams-reflector"),
                    classes("connectors"),
                    classes("ingest-service"),
                    classes("client"),
                    classes("cli"),
                    classes("local-stack")));

    @Test
    void shouldDependOneWayOnly() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("schemas")
                .definedBy("io.memoryreflector.schemas..", "io.memoryreflector.events..", "io.memoryreflector.state..")
                .layer("reflection")
                .definedBy("io.memoryreflector.reflection..")
                .layer("store")
                .definedBy("io.memoryreflector.store..")
                .layer("streams")
                .definedBy("io.memoryreflector.streams..")
                .layer("connect")
                .definedBy("io.memoryreflector.connect..")
                .layer("ingest")
                .definedBy("io.memoryreflector.ingest..")
                .layer("client")
                .definedBy("io.memoryreflector.client..")
                .layer("cli")
                .definedBy("io.memoryreflector.cli..")
                .layer("localstack")
                .definedBy("io.memoryreflector.localstack..")
                .whereLayer("schemas")
                .mayNotAccessAnyLayer()
                .whereLayer("reflection")
                .mayOnlyAccessLayers("schemas")
                .whereLayer("store")
                .mayOnlyAccessLayers("schemas")
                .whereLayer("streams")
                .mayOnlyAccessLayers("schemas", "reflection")
                .whereLayer("connect")
                .mayOnlyAccessLayers("schemas", "store")
                .whereLayer("ingest")
                .mayOnlyAccessLayers("schemas", "reflection", "store")
                .whereLayer("client")
                .mayOnlyAccessLayers("schemas")
                .whereLayer("cli")
                .mayNotAccessAnyLayer()
                .whereLayer("localstack")
                .mayNotAccessAnyLayer()
                .check(CLASSES);
    }

    @Test
    void shouldKeepDatabasesOutOfTheTopologyAndKafkaOutOfReflection() {
        noClasses()
                .that()
                .resideInAPackage("io.memoryreflector.streams..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("redis.clients..", "org.neo4j..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("io.memoryreflector.reflection..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..")
                .check(CLASSES);
    }

    @Test
    void shouldKeepTheCommandToHttpAndQuickToStart() {
        noClasses()
                .that()
                .resideInAPackage("io.memoryreflector.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..",
                        "org.apache.avro..",
                        "redis.clients..",
                        "org.neo4j..",
                        "org.springframework..")
                .check(CLASSES);
    }

    @Test
    void shouldKeepFrameworksInTheClientsPackagesForThem() {
        noClasses()
                .that()
                .resideInAPackage("io.memoryreflector.client..")
                .and()
                .resideOutsideOfPackages(
                        "io.memoryreflector.client.spring..",
                        "io.memoryreflector.client.springai..",
                        "io.memoryreflector.client.langchain4j..",
                        "io.memoryreflector.client.micrometer..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "dev.langchain4j..", "io.micrometer..")
                .check(CLASSES);
    }

    @Test
    void shouldUseOneJsonLibrary() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml.jackson.databind..")
                .check(CLASSES);
    }

    private static Path classes(String module) {
        return Path.of("..", module, "target", "classes");
    }
}
