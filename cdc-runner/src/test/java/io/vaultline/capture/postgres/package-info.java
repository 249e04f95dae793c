/** The parts of PostgreSQL's capture by themselves. */
@NullMarked
package io.vaultline.capture.postgres;

import org.jspecify.annotations.NullMarked;
