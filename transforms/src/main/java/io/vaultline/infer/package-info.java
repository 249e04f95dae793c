/** What can be said of a vault beyond its model: links that samples suggest, merging them into a file, a diagram. */
@NullMarked
package io.vaultline.infer;

import org.jspecify.annotations.NullMarked;
