/** The command line: parses, wires the roles together, prints errors, and chooses the exit code. */
@NullMarked
package io.vaultline.cli;

import org.jspecify.annotations.NullMarked;
