package io.vaultline.devstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A port on which somebody else listens and hangs up on everybody.
 *
 * @param socket what holds the port
 */
record TakenPort(ServerSocket socket) implements AutoCloseable {
    /** Takes every port in a file of lines {@code name=port}. */
    static List<TakenPort> all(Path file) throws IOException {
        List<TakenPort> taken = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            int port = Integer.parseInt(line.substring(line.indexOf('=') + 1));
            TakenPort next = new TakenPort(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
            Thread thread = new Thread(next::hangUp, "taken port");
            thread.setDaemon(true);
            thread.start();
            taken.add(next);
        }
        return taken;
    }

    int number() {
        return socket.getLocalPort();
    }

    private void hangUp() {
        while (!socket.isClosed()) {
            try {
                socket.accept().close();
            } catch (IOException e) {
                return; // the test is over
            }
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
