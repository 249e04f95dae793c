/** Tests of verification. */
@NullMarked
package io.vaultline.verification;

import org.jspecify.annotations.NullMarked;
