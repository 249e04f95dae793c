/** Tests of the comparison of states. */
@NullMarked
package io.vaultline.verify;

import org.jspecify.annotations.NullMarked;
