package io.vaultline.devstack;

import io.vaultline.devstack.report.LineProgress;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A process that runs a stack until it is killed: {@code DevstackProcess DIRECTORY ENDPOINTS}. */
final class DevstackProcess {
    private DevstackProcess() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (Devstack stack = Devstack.builder()
                .directory(Path.of(arguments[0]))
                .progress(new LineProgress(System.err))
                .start()) {
            Runtime.getRuntime().addShutdownHook(new Thread(stack::close));
            stack.endpoints().write(Path.of(arguments[1]));
            new CountDownLatch(1).await();
        }
    }
}
