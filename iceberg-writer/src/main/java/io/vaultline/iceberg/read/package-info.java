/** Reading history: changes as they happened, and the states that follow from them. */
@NullMarked
package io.vaultline.iceberg.read;

import org.jspecify.annotations.NullMarked;
