/** The changes that a store has kept, and the states that follow from them. */
@NullMarked
package io.vaultline.history;

import org.jspecify.annotations.NullMarked;
