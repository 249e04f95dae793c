/** A source and a vault in memory, written as plainly as can be, to hold the real ones against. */
@NullMarked
package io.vaultline.vault.oracle;

import org.jspecify.annotations.NullMarked;
