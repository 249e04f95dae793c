/** The binary format, checked without a server. */
@NullMarked
package io.vaultline.clickhouse.wire;

import org.jspecify.annotations.NullMarked;
