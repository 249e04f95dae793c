/** Whole-pipeline scenarios and the rules of the architecture. */
@NullMarked
package io.vaultline.e2e;

import org.jspecify.annotations.NullMarked;
