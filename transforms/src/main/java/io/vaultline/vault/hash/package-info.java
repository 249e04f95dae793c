/** The hash contract: how keys and hash differences are made, byte for byte. */
@NullMarked
package io.vaultline.vault.hash;

import org.jspecify.annotations.NullMarked;
