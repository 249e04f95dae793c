/** Capture of MongoDB: snapshot reads, then the change stream, by our own reader or through Debezium. */
@NullMarked
package io.vaultline.capture.mongo;

import org.jspecify.annotations.NullMarked;
