/** The hash contract in SQL: functions for ClickHouse, Trino and Spark, all from one description. */
@NullMarked
package io.vaultline.vault.functions;

import org.jspecify.annotations.NullMarked;
