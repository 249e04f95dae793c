/** History tables: their names, columns and types, and how those follow the source. */
@NullMarked
package io.vaultline.iceberg.table;

import org.jspecify.annotations.NullMarked;
