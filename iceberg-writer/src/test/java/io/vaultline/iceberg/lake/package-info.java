/** Tests of the package. */
@NullMarked
package io.vaultline.iceberg.lake;

import org.jspecify.annotations.NullMarked;
