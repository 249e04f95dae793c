package io.vaultline.devstack.process;

import io.vaultline.devstack.report.DevstackException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Free ports on the loopback address. */
final class Ports {
    /** Below Linux's range for outgoing connections, one of which could take a port between our look and its use. */
    private static final int FIRST = 15_000;

    private static final int LAST = 32_000;
    private static final int ATTEMPTS = 1_000;

    private Ports() {}

    static int free() {
        return ThreadLocalRandom.current()
                .ints(ATTEMPTS, FIRST, LAST)
                .filter(Ports::isFree)
                .findFirst()
                .orElseThrow(() -> new DevstackException(
                        "No free port was found",
                        "127.0.0.1, ports " + FIRST + " to " + LAST,
                        "end programs that listen there"));
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
