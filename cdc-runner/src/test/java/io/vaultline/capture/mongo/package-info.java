/** The parts of MongoDB's capture by themselves. */
@NullMarked
package io.vaultline.capture.mongo;

import org.jspecify.annotations.NullMarked;
