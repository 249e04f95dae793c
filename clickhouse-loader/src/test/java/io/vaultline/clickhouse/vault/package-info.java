/** Tables and views against a real server. */
@NullMarked
package io.vaultline.clickhouse.vault;

import org.jspecify.annotations.NullMarked;
