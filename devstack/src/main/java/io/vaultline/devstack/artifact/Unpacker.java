package io.vaultline.devstack.artifact;

import java.io.IOException;
import java.nio.file.Path;

/** Turns the files that were fetched into those that are used. */
@FunctionalInterface
interface Unpacker {
    /** Reads the files in one folder and fills the other, which is empty. */
    void unpack(Path fetched, Path into) throws IOException;
}
