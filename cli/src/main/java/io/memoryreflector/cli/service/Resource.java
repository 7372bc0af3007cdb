package io.memoryreflector.cli.service;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * An address below the service's own. Immutable.
 *
 * @param path encoded, without a leading slash
 * @param query encoded, empty where there is none
 */
public record Resource(String path, String query) {

    /** The address of these segments, each any text. */
    public static Resource of(String... segments) {
        return new Resource(Arrays.stream(segments).map(Resource::encode).collect(Collectors.joining("/")), "");
    }

    /** With one more parameter; without it where the value is null. */
    public Resource with(String name, Object value) {
        if (value == null) {
            return this;
        }
        var parameter = encode(name) + "=" + encode(value.toString());
        return new Resource(path, query.isEmpty() ? parameter : query + "&" + parameter);
    }

    @Override
    public String toString() {
        return query.isEmpty() ? path : path + "?" + query;
    }

    /** A colon stays: it is no separator in a path, and the service's actions are written with it. */
    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%3A", ":");
    }
}
