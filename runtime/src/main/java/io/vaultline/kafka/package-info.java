/** How changes, schemas and watermarks travel through Kafka. */
@NullMarked
package io.vaultline.kafka;

import org.jspecify.annotations.NullMarked;
