package io.vaultline.devstack.local;

import io.vaultline.devstack.endpoint.Endpoint;
import io.vaultline.devstack.process.ChildProcess;
import io.vaultline.devstack.server.Server;
import java.util.List;
import java.util.OptionalLong;

/**
 * A server that is a process below this one.
 *
 * @param process the process
 * @param endpoints the services that it offers
 */
record RunningServer(ChildProcess process, List<Endpoint> endpoints) implements Server {
    @Override
    public OptionalLong pid() {
        return OptionalLong.of(process.pid());
    }

    @Override
    public void close() {
        process.close();
    }
}
