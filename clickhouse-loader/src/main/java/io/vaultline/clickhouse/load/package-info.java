/** The load role: changes from Kafka into the vault. */
@NullMarked
package io.vaultline.clickhouse.load;

import org.jspecify.annotations.NullMarked;
