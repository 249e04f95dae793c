/** Tests of what travels through Kafka. */
@NullMarked
package io.vaultline.kafka;

import org.jspecify.annotations.NullMarked;
