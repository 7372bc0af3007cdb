package io.memoryreflector.store.status;

import io.memoryreflector.events.Tier;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import redis.clients.jedis.resps.Tuple;

/**
 * Place of a waiting attempt in Redis' order: by due time, then by member.
 *
 * @param due milliseconds since 1970
 * @param member tier and interaction id
 */
record RetryPlace(long due, String member) implements Comparable<RetryPlace> {

    // Redis orders equal scores by bytes; those of UTF-8 go as code points do, not as Java's chars.
    private static final Comparator<RetryPlace> ORDER = Comparator.comparingLong(RetryPlace::due)
            .thenComparing(place -> place.member().getBytes(StandardCharsets.UTF_8), java.util.Arrays::compareUnsigned);

    static RetryPlace of(Tuple tuple) {
        return new RetryPlace((long) tuple.getScore(), tuple.getElement());
    }

    static String member(Tier tier, String interactionId) {
        return tier.name() + "/" + interactionId;
    }

    /** @throws IllegalArgumentException on a text that is no cursor of ours */
    static RetryPlace parse(String cursor) {
        try {
            var plain = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            var space = plain.indexOf(' ');
            return new RetryPlace(Long.parseLong(plain.substring(0, space)), plain.substring(space + 1));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("cursor: is not one that was given out, takes next_cursor of a page", e);
        }
    }

    Tier tier() {
        return Tier.valueOf(member.substring(0, member.indexOf('/')));
    }

    String interactionId() {
        return member.substring(member.indexOf('/') + 1);
    }

    String cursor() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((due + " " + member).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int compareTo(RetryPlace other) {
        return ORDER.compare(this, other);
    }
}
