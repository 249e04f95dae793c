/** Checks every system of a pipeline at once, before it runs. */
@NullMarked
package io.vaultline.preflight;

import org.jspecify.annotations.NullMarked;
