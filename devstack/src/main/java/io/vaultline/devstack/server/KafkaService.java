package io.vaultline.devstack.server;

import io.vaultline.devstack.endpoint.Endpoint;
import io.vaultline.devstack.endpoint.KafkaEndpoint;
import io.vaultline.devstack.process.StackDirectory;
import java.io.IOException;
import java.util.List;

/**
 * One Kafka broker that is its own controller.
 *
 * @param port port on the loopback address, which the broker itself must listen on too
 */
public record KafkaService(int port) implements Service {
    /** What the broker logs when it takes requests; only a client library could ask it more directly. */
    private static final String READY = "Kafka Server started";

    @Override
    public boolean answers(ServerLog log) throws IOException {
        return log.contains(READY);
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(new KafkaEndpoint(StackDirectory.LOOPBACK + ":" + port));
    }
}
