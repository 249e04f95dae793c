/** Capture: what a source holds and every change of it, into Kafka, exactly once. */
@NullMarked
package io.vaultline.capture;

import org.jspecify.annotations.NullMarked;
