package io.vaultline.clickhouse.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A network before ClickHouse that loses answers to inserts: they are carried out, and the client does not hear of it. */
final class DeafProxy implements AutoCloseable {
    private final URI server;
    private final ServerSocket listener;
    private final AtomicInteger toLose;

    private DeafProxy(URI server, ServerSocket listener, int answers) {
        this.server = server;
        this.listener = listener;
        this.toLose = new AtomicInteger(answers);
    }

    /** @param answers that are lost */
    static DeafProxy before(String url, int answers) {
        try {
            ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            DeafProxy proxy = new DeafProxy(URI.create(url), listener, answers);
            daemon(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    boolean hasLostAll() {
        return toLose.get() <= 0;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket upstream = new Socket(server.getHost(), server.getPort());
                AtomicBoolean inserting = new AtomicBoolean();
                daemon(() -> pump(client, upstream, text -> {
                    if (text.contains("INSERT")) {
                        inserting.set(true);
                    }
                    return true;
                }));
                daemon(() ->
                        pump(upstream, client, text -> !inserting.getAndSet(false) || toLose.getAndDecrement() <= 0));
            } catch (IOException e) {
                // the listener was closed, or the server is away: the client's connection ends
            }
        }
    }

    private interface Gate {
        boolean passes(String text);
    }

    private static void pump(Socket from, Socket to, Gate gate) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[64 << 10];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!gate.passes(new String(buffer, 0, read, StandardCharsets.ISO_8859_1))) {
                    return;
                }
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            // one side is gone, so the other goes too
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "deaf-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
