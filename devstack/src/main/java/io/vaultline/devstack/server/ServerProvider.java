package io.vaultline.devstack.server;

import io.vaultline.devstack.endpoint.ServerKind;

/** Where servers come from. */
@FunctionalInterface
public interface ServerProvider {
    /**
     * Starts a server and returns when it answers.
     *
     * @throws io.vaultline.devstack.report.DevstackException if it can't be had or does not start
     */
    Server start(ServerKind kind);
}
