/** Capture of MongoDB: snapshot reads, then the change stream through Debezium. */
@NullMarked
package io.vaultline.capture.mongo;

import org.jspecify.annotations.NullMarked;
