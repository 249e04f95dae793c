/** The Data Vault: its model, its tables, the hash contract, and the mapping from changes to vault rows. */
@NullMarked
package io.vaultline.vault;

import org.jspecify.annotations.NullMarked;
