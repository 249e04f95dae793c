/** That the benchmarks measure what they say. */
@NullMarked
package io.vaultline.benchmarks;

import org.jspecify.annotations.NullMarked;
