/** Tests of the hash contract in SQL. */
@NullMarked
package io.vaultline.vault.functions;

import org.jspecify.annotations.NullMarked;
