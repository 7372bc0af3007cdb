package io.memoryreflector.ingest.config;

import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.PropertyNamingStrategy;

/**
 * The API's description. It is made by a library that does not see the naming strategy of the JSON mapper, so the
 * schemas' property names are translated by that same strategy here.
 */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    private static final PropertyNamingStrategy SNAKE_CASE = PropertyNamingStrategies.SNAKE_CASE;

    @Bean
    GlobalOpenApiCustomizer describedInSnakeCase() {
        return api -> {
            api.info(new Info()
                    .title("Memory Reflector")
                    .description("Hands interactions over in milliseconds; recalls what was reflected from them.")
                    .version("v1")
                    .license(new License().name("Apache-2.0")));
            // Neither is asked for while the service has no keys.
            api.schemaRequirement(
                            "bearer",
                            new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer"))
                    .schemaRequirement(
                            "api_key",
                            new SecurityScheme()
                                    .type(SecurityScheme.Type.APIKEY)
                                    .in(SecurityScheme.In.HEADER)
                                    .name("X-API-Key"))
                    .addSecurityItem(new SecurityRequirement())
                    .addSecurityItem(new SecurityRequirement().addList("bearer"))
                    .addSecurityItem(new SecurityRequirement().addList("api_key"));
            DocumentedProblems.addTo(api);
            DocumentedParameters.addTo(api);
            api.getComponents().getSchemas().values().forEach(OpenApiConfiguration::rename);
            DocumentedBodies.addTo(api);
        };
    }

    @SuppressWarnings("rawtypes") // swagger-core's own type of a schema's properties
    private static void rename(Schema<?> schema) {
        if (schema.getProperties() != null) {
            Map<String, Schema> renamed = new LinkedHashMap<>();
            schema.getProperties().forEach((name, property) -> renamed.put(snakeCase(name), property));
            schema.setProperties(renamed);
        }
        if (schema.getRequired() != null) {
            schema.setRequired(schema.getRequired().stream()
                    .map(OpenApiConfiguration::snakeCase)
                    .toList());
        }
    }

    private static String snakeCase(String name) {
        return SNAKE_CASE.nameForField(null, null, name);
    }
}
