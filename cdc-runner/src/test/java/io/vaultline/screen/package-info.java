/** Tests of what is shown. */
@NullMarked
package io.vaultline.screen;

import org.jspecify.annotations.NullMarked;
