package io.memoryreflector.schemas.encryption;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * A sealed value: the mark, the id of the key (16 bytes), then what AES-GCM gives (nonce, text, tag). In a text field the
 * mark stands as it is and the rest in Base64 without padding (RFC 4648, URL-safe). Immutable by agreement.
 *
 * @param ciphertext never changed
 */
record Sealed(UUID keyId, byte[] ciphertext) {

    private static final String MARK = "mr-sealed:1:";
    private static final byte[] MARK_BYTES = MARK.getBytes(StandardCharsets.US_ASCII);
    private static final int ID_BYTES = 16;

    /** Nonce and tag of an empty text. */
    private static final int LEAST = ID_BYTES + 12 + 16;

    /** Reads a text; empty if it is not sealed. */
    static Optional<Sealed> ofText(CharSequence text) {
        if (!startsWithMark(text)) {
            return Optional.empty();
        }
        try {
            return ofContent(Base64.getUrlDecoder()
                    .decode(text.subSequence(MARK.length(), text.length()).toString()));
        } catch (IllegalArgumentException e) {
            // Somebody's own words that begin like ours.
            return Optional.empty();
        }
    }

    /** Reads bytes; empty if they are not sealed. */
    static Optional<Sealed> ofBytes(ByteBuffer buffer) {
        var mark = ByteBuffer.wrap(MARK_BYTES);
        if (buffer.remaining() < MARK_BYTES.length
                || !buffer.slice(buffer.position(), MARK_BYTES.length).equals(mark)) {
            return Optional.empty();
        }
        var content = new byte[buffer.remaining() - MARK_BYTES.length];
        buffer.get(buffer.position() + MARK_BYTES.length, content);
        return ofContent(content);
    }

    String toText() {
        return MARK
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(content(0).array());
    }

    ByteBuffer toBytes() {
        return content(MARK_BYTES.length).put(0, MARK_BYTES);
    }

    private ByteBuffer content(int before) {
        return ByteBuffer.allocate(before + ID_BYTES + ciphertext.length)
                .position(before)
                .putLong(keyId.getMostSignificantBits())
                .putLong(keyId.getLeastSignificantBits())
                .put(ciphertext)
                .rewind();
    }

    private static Optional<Sealed> ofContent(byte[] content) {
        if (content.length < LEAST) {
            return Optional.empty();
        }
        var buffer = ByteBuffer.wrap(content);
        return Optional.of(new Sealed(
                new UUID(buffer.getLong(), buffer.getLong()), Arrays.copyOfRange(content, ID_BYTES, content.length)));
    }

    private static boolean startsWithMark(CharSequence text) {
        if (text.length() < MARK.length()) {
            return false;
        }
        for (var i = 0; i < MARK.length(); i++) {
            if (text.charAt(i) != MARK.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
