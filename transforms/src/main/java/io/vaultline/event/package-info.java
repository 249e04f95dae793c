/** What happened at a source: collections and their columns, rows, changes, and their total order. */
@NullMarked
package io.vaultline.event;

import org.jspecify.annotations.NullMarked;
