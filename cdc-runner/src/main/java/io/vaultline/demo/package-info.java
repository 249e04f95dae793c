/** The demonstration: a shop in real databases, the pipeline beside it, and what comes out of it. */
@NullMarked
package io.vaultline.demo;

import org.jspecify.annotations.NullMarked;
