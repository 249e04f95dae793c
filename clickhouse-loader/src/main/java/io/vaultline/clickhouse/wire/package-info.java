/** The types and the binary format that rows travel in, to ClickHouse and back. */
@NullMarked
package io.vaultline.clickhouse.wire;

import org.jspecify.annotations.NullMarked;
