/** What capture writes to Kafka, exactly once: changes, their schemas, how far the source has been read, watermarks. */
@NullMarked
package io.vaultline.capture.output;

import org.jspecify.annotations.NullMarked;
