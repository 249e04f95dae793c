@NullMarked
package io.vaultline.vault.model;

import org.jspecify.annotations.NullMarked;
