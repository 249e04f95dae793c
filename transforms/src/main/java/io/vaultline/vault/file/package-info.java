/** The vault model file: its text, what it states, and how that is held against the sources. */
@NullMarked
package io.vaultline.vault.file;

import org.jspecify.annotations.NullMarked;
