/** Tests of the command line. */
@NullMarked
package io.vaultline.cli;

import org.jspecify.annotations.NullMarked;
