@NullMarked
package io.vaultline.vault.file;

import org.jspecify.annotations.NullMarked;
