/** Tests of folding. */
@NullMarked
package io.vaultline.history;

import org.jspecify.annotations.NullMarked;
