package io.vaultline.devstack.server;

import java.io.IOException;

/** What a server has written since its start. */
@FunctionalInterface
public interface ServerLog {
    /** Whether the text occurs in it. */
    boolean contains(String text) throws IOException;
}
