@NullMarked
package io.vaultline.vault.hash;

import org.jspecify.annotations.NullMarked;
