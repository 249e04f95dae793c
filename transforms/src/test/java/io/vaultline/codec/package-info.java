/** Tests of the codec. */
@NullMarked
package io.vaultline.codec;

import org.jspecify.annotations.NullMarked;
