package io.vaultline.devstack.server;

import io.vaultline.devstack.endpoint.Endpoint;
import java.util.List;

/** What a server offers on the loopback address, and how one sees that it does. */
public interface Service extends AutoCloseable {
    /**
     * Whether the server answers; brings it into the state that the pipeline expects, such as databases that exist.
     *
     * @param log what the server has written since its start
     * @throws Exception if it does not answer yet
     */
    boolean answers(ServerLog log) throws Exception;

    /** How it is reached. */
    List<Endpoint> endpoints();

    /** Ends the connection that was used to look at it. */
    @Override
    default void close() {}
}
