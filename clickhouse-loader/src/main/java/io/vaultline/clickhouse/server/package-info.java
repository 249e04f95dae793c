/** One ClickHouse server: statements, queries and inserts, and what their failures mean. */
@NullMarked
package io.vaultline.clickhouse.server;

import org.jspecify.annotations.NullMarked;
