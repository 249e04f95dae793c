/** Tests of the package. */
@NullMarked
package io.vaultline.iceberg.read;

import org.jspecify.annotations.NullMarked;
