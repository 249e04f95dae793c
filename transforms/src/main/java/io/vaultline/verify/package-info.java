/** The comparison of one collection's state in several stores, from what the stores hold. */
@NullMarked
package io.vaultline.verify;

import org.jspecify.annotations.NullMarked;
