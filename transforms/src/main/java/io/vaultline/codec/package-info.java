/** What stands in a Kafka record: Avro binary with the writer schema's fingerprint in front. */
@NullMarked
package io.vaultline.codec;

import org.jspecify.annotations.NullMarked;
