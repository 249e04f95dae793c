/** What captures share, by itself. */
@NullMarked
package io.vaultline.capture.source;

import org.jspecify.annotations.NullMarked;
