/** The expressions of computed columns: text to a tree, and the kinds of values in it. */
@NullMarked
package io.vaultline.vault.expression;

import org.jspecify.annotations.NullMarked;
