/** What is written to Kafka, by itself. */
@NullMarked
package io.vaultline.capture.output;

import org.jspecify.annotations.NullMarked;
