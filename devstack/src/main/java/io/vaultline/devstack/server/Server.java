package io.vaultline.devstack.server;

import io.vaultline.devstack.endpoint.Endpoint;
import java.util.List;
import java.util.OptionalLong;

/** A server that runs and answers. */
public interface Server extends AutoCloseable {
    /** The services that it offers. */
    List<Endpoint> endpoints();

    /** The process id, if it is a process of this machine. */
    OptionalLong pid();

    /** Ends it well, and returns when it is gone; its data stays. */
    @Override
    void close();
}
