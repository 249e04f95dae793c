/** Tests of the package. */
@NullMarked
package io.vaultline.iceberg.table;

import org.jspecify.annotations.NullMarked;
