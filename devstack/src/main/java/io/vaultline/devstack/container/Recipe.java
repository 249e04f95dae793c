package io.vaultline.devstack.container;

import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.devstack.server.Service;
import java.util.List;
import java.util.Map;

/**
 * How a server runs in a container.
 *
 * @param kind the server
 * @param service what it offers
 * @param environment variables of its process
 * @param entryPoint what runs in the container; none for that of the image
 * @param command arguments after the entry point; none for those of the image
 * @param ports port in the container by port on the loopback address of this machine
 * @param data folder in the container that holds its data
 */
record Recipe(
        ServerKind kind,
        Service service,
        Map<String, String> environment,
        List<String> entryPoint,
        List<String> command,
        Map<Integer, Integer> ports,
        String data)
        implements AutoCloseable {

    /** Ends what was used to look at the service. */
    @Override
    public void close() {
        service.close();
    }
}
