/** The parts of a vault, and the tables they are stored in. */
@NullMarked
package io.vaultline.vault.model;

import org.jspecify.annotations.NullMarked;
