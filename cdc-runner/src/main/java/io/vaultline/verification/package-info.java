/** Compares sources, vault and history at one commit position, from what the databases themselves hold. */
@NullMarked
package io.vaultline.verification;

import org.jspecify.annotations.NullMarked;
