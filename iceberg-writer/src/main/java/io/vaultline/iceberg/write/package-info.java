/** Writing history: rows into files, files into commits that carry their Kafka offsets. */
@NullMarked
package io.vaultline.iceberg.write;

import org.jspecify.annotations.NullMarked;
