package io.memoryreflector.ingest.erasures;

import io.memoryreflector.schemas.erasure.Erasures;
import io.memoryreflector.store.recall.Recall;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is known of erasures. */
@Configuration(proxyBeanMethods = false)
class ErasuresConfiguration {

    @Bean
    Erasures erasures(Recall recall) {
        var erasures = new Erasures();
        erasures.onChange(recall::forget);
        return erasures;
    }
}
