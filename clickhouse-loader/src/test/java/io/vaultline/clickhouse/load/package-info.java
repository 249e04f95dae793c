/** The load role against real servers. */
@NullMarked
package io.vaultline.clickhouse.load;

import org.jspecify.annotations.NullMarked;
