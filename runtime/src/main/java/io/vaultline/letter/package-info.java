/** Dead letters: changes that a role can't handle, and what waits behind them. */
@NullMarked
package io.vaultline.letter;

import org.jspecify.annotations.NullMarked;
