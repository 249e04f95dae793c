/** Tests of the package. */
@NullMarked
package io.vaultline.iceberg;

import org.jspecify.annotations.NullMarked;
