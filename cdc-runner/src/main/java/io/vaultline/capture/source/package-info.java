/** What the captures of all kinds of sources share. */
@NullMarked
package io.vaultline.capture.source;

import org.jspecify.annotations.NullMarked;
