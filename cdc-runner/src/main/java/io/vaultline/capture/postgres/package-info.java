/** Capture of PostgreSQL: exported snapshots, then pgoutput through Debezium. */
@NullMarked
package io.vaultline.capture.postgres;

import org.jspecify.annotations.NullMarked;
