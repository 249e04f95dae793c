package io.vaultline.devstack.container;

import io.vaultline.devstack.endpoint.Endpoint;
import io.vaultline.devstack.server.Server;
import java.util.List;
import java.util.OptionalLong;
import org.testcontainers.containers.GenericContainer;

/**
 * A server in a container, which is removed when the server ends; its data stays in a volume.
 *
 * @param container the container
 * @param endpoints the services that it offers
 */
record ContainerServer(GenericContainer<?> container, List<Endpoint> endpoints) implements Server {
    private static final int GRACE_SECONDS = 20;

    @Override
    public OptionalLong pid() {
        return OptionalLong.empty();
    }

    @Override
    public void close() {
        container
                .getDockerClient()
                .stopContainerCmd(container.getContainerId())
                .withTimeout(GRACE_SECONDS)
                .exec();
        container.stop();
    }
}
