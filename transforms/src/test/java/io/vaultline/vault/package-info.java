/** Promises of the vault's model, hashes and mapping. */
@NullMarked
package io.vaultline.vault;

import org.jspecify.annotations.NullMarked;
