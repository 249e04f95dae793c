/** Capture against real servers. */
@NullMarked
package io.vaultline.capture;

import org.jspecify.annotations.NullMarked;
