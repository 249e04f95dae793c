@NullMarked
package io.vaultline.vault.expression;

import org.jspecify.annotations.NullMarked;
