/** Errors that reach a user: what happened, where, and what to do. */
@NullMarked
package io.vaultline.error;

import org.jspecify.annotations.NullMarked;
