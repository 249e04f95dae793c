/** Access to the lake: the Iceberg catalog and the object store, and what can go wrong there. */
@NullMarked
package io.vaultline.iceberg.lake;

import org.jspecify.annotations.NullMarked;
