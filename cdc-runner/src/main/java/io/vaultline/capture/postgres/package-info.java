/** Capture of PostgreSQL: exported snapshots, then pgoutput, by our own reader or through Debezium. */
@NullMarked
package io.vaultline.capture.postgres;

import org.jspecify.annotations.NullMarked;
