package io.memoryreflector.client.http;

import io.memoryreflector.client.sending.Outgoing;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One request under way. For the sender's thread. */
record Post(List<Outgoing> batch, CompletableFuture<HttpResponse<byte[]>> answer) {

    /** The interactions of a request and its body, as many from the front as it has room for, one at least. */
    record Body(List<Outgoing> batch, byte[] lines) {

        static Body of(List<Outgoing> waiting, int mostItems, int mostBytes) {
            var lines = new ByteArrayOutputStream();
            var batch = new ArrayList<Outgoing>();
            for (var outgoing : waiting) {
                var line = InteractionJson.line(outgoing.interaction());
                if (!batch.isEmpty() && (batch.size() >= mostItems || lines.size() + line.length >= mostBytes)) {
                    break;
                }
                lines.writeBytes(line);
                lines.write('\n');
                batch.add(outgoing);
            }
            return new Body(batch, lines.toByteArray());
        }
    }
}
