package io.vaultline.devstack.artifact;

import java.util.Objects;

/**
 * A set of files that is fetched as one.
 *
 * @param name name and version; also that of its folder in the cache and of its list of checksums
 * @param fetcher brings the files
 * @param unpacker turns the files into what is used
 */
record Artifact(String name, Fetcher fetcher, Unpacker unpacker) {
    Artifact {
        Objects.requireNonNull(name);
        Objects.requireNonNull(fetcher);
        Objects.requireNonNull(unpacker);
    }
}
