package io.memoryreflector.systemtests.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP proxy whose connections can be reset or left hanging: what a network does to clients. Two threads a connection.
 * Thread-safe.
 */
final class CuttingProxy implements AutoCloseable {

    private static final int BUFFER = 16 * 1024;
    private static final int CONNECT_MS = 5_000;

    private final InetSocketAddress target;
    private final ServerSocket server = new ServerSocket();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Object forwarding = new Object();
    private boolean stalled;

    CuttingProxy(String host, int port) throws IOException {
        target = new InetSocketAddress(host, port);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        thread("proxy-accept", this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Resets every connection, in whatever request it is. */
    void cut() {
        for (var socket : sockets) {
            reset(socket);
        }
    }

    /** Takes bytes and connections, and passes nothing on: both ends believe that the other is there. */
    void stall() {
        synchronized (forwarding) {
            stalled = true;
        }
    }

    /** Passes on again. */
    void goOn() {
        synchronized (forwarding) {
            stalled = false;
            forwarding.notifyAll();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        goOn();
        cut();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                sockets.add(client);
                thread("proxy-connect", () -> connect(client));
            } catch (IOException e) {
                // Closed, or a client that has gone: the next one comes.
            }
        }
    }

    private void connect(Socket client) {
        var upstream = new Socket();
        try {
            awaitForwarding();
            upstream.connect(target, CONNECT_MS);
            sockets.add(upstream);
            thread("proxy-back", () -> pump(upstream, client));
            pump(client, upstream);
        } catch (IOException e) {
            reset(client);
        }
    }

    private void pump(Socket from, Socket to) {
        var buffer = new byte[BUFFER];
        try {
            for (int read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                awaitForwarding();
                to.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException e) {
            // Either end has gone; so goes the other.
        } finally {
            reset(from);
            reset(to);
        }
    }

    private void awaitForwarding() throws IOException {
        synchronized (forwarding) {
            while (stalled) {
                try {
                    forwarding.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException(e);
                }
            }
        }
    }

    /** Without lingering, a close sends RST. */
    private void reset(Socket socket) {
        sockets.remove(socket);
        try (socket) {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
            }
        } catch (IOException e) {
            // It is gone all the same.
        }
    }

    private static void thread(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
