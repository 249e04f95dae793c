/** Tests of dead letters. */
@NullMarked
package io.vaultline.letter;

import org.jspecify.annotations.NullMarked;
