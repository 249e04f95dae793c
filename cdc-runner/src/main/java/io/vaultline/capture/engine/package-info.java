/** Debezium's embedded engine, held so that it acknowledges nothing which is not durable. */
@NullMarked
package io.vaultline.capture.engine;

import org.jspecify.annotations.NullMarked;
