/** The vault on a ClickHouse server: its tables as they stand there, their evolution, and the views over them. */
@NullMarked
package io.vaultline.clickhouse.vault;

import org.jspecify.annotations.NullMarked;
