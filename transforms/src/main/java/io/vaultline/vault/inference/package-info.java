/** How a model follows from the shapes of the collections and the statements of the file. */
@NullMarked
package io.vaultline.vault.inference;

import org.jspecify.annotations.NullMarked;
