@NullMarked
package io.vaultline.capture.mask;

import org.jspecify.annotations.NullMarked;
