@NullMarked
package io.vaultline.vault.inference;

import org.jspecify.annotations.NullMarked;
