package io.memoryreflector.reflection.model.http;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that sends what a test wants, byte by byte: one answer a connection, which it then closes. */
final class RawServer implements AutoCloseable {

    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Answer[] answers = {};

    RawServer() {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    interface Answer {
        void to(Connection connection) throws Exception;
    }

    /** The other side of a call. */
    record Connection(Socket socket) {

        /** Whether anybody is still there. */
        boolean send(String text) {
            try {
                socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
                return true;
            } catch (IOException e) {
                return false;
            }
        }

        /** Waits until the other side hangs up. */
        void awaitEnd() {
            try {
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // A reset is an end as well.
            }
        }
    }

    String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** The answers to the requests in order, the last one from then on. */
    void answer(Answer... inOrder) {
        answers = inOrder;
    }

    List<String> requests() {
        return requests;
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }

    private void accept() {
        try {
            while (true) {
                var socket = listener.accept();
                threads.execute(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var request = request(socket);
            int place;
            synchronized (requests) {
                place = requests.size();
                requests.add(request);
            }
            answers[Math.min(place, answers.length - 1)].to(new Connection(socket));
        } catch (Exception e) {
            // The other side has hung up, or the test is over.
        }
    }

    private static String request(Socket socket) throws IOException {
        var read = new StringBuilder();
        var end = -1;
        while (end < 0 || read.length() < end) {
            var next = socket.getInputStream().read();
            if (next < 0) {
                break;
            }
            read.append((char) next);
            if (end < 0 && read.indexOf("\r\n\r\n") >= 0) {
                // The body of every request here is {}.
                end = read.length() + 2;
            }
        }
        return read.toString();
    }
}
