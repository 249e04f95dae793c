package io.vaultline.devstack.artifact;

import java.nio.file.Path;

/** Brings files through the client of a package registry, as this user has set it up. */
interface Fetcher {
    /** The client, of which only one runs at a time, since they share a cache of their own. */
    String client();

    /** Puts the files into the folder. */
    void fetch(Path folder, ClientRun run);
}
