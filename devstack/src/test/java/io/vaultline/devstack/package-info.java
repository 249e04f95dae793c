/** Real PostgreSQL, MongoDB, Kafka, ClickHouse and S3 servers as one {@code AutoCloseable}. */
@NullMarked
package io.vaultline.devstack;

import org.jspecify.annotations.NullMarked;
