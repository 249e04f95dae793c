/** Tests of the package. */
@NullMarked
package io.vaultline.iceberg.write;

import org.jspecify.annotations.NullMarked;
