package io.vaultline.capture;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A network between a client and a server that can lose its connections, refuse new ones, and stand still. */
final class TcpProxy implements AutoCloseable {
    private final InetSocketAddress server;
    private final ServerSocket listener;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition flows = lock.newCondition();
    private boolean stalled;
    private volatile boolean refusing;

    private TcpProxy(InetSocketAddress server, ServerSocket listener) {
        this.server = server;
        this.listener = listener;
    }

    /** Begins to listen on a port of its own. */
    static TcpProxy to(String host, int port) {
        try {
            ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            TcpProxy proxy = new TcpProxy(new InetSocketAddress(host, port), listener);
            daemon(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Loses all connections, as a router does that was switched off and on: both sides get a reset. */
    void reset() {
        sockets.forEach(TcpProxy::drop);
        sockets.clear();
    }

    /** Loses all connections and takes no new ones until {@link #flow()}. */
    void cut() {
        refusing = true;
        reset();
    }

    /** Keeps all connections and lets nothing through any more, so that neither side notices. */
    void stall() {
        stalled(true);
    }

    /** Lets everything through again, also what was held back. */
    void flow() {
        refusing = false;
        stalled(false);
    }

    private void stalled(boolean value) {
        lock.lock();
        try {
            stalled = value;
            flows.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (refusing) {
                    drop(client);
                } else {
                    connect(client);
                }
            } catch (IOException e) {
                // the listener was closed, or the server is away: the client's connection ends
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket upstream = new Socket();
        try {
            upstream.connect(server, 2_000);
        } catch (IOException e) {
            drop(client);
            throw e;
        }
        sockets.addAll(List.of(client, upstream));
        daemon(() -> pump(client, upstream));
        daemon(() -> pump(upstream, client));
    }

    private void pump(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[64 << 10];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitFlow();
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            // one side is gone, so the other goes too
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sockets.removeAll(List.of(from, to));
    }

    private void awaitFlow() throws InterruptedException {
        lock.lock();
        try {
            while (stalled) {
                flows.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Without lingering, which sends a reset. */
    private static void drop(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // it is gone already
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        flow();
        reset();
    }
}
