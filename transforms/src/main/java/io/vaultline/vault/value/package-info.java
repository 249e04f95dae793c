/** How values of the source are found in rows and documents, and turned into the types of the model. */
@NullMarked
package io.vaultline.vault.value;

import org.jspecify.annotations.NullMarked;
