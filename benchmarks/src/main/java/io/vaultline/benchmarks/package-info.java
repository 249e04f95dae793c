/** How fast the pure core is, by itself. */
@NullMarked
package io.vaultline.benchmarks;

import org.jspecify.annotations.NullMarked;
