/** Masks: what of a source's data never leaves it, and what takes its place. */
@NullMarked
package io.vaultline.capture.mask;

import org.jspecify.annotations.NullMarked;
