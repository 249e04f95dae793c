/** Tests of the demonstration. */
@NullMarked
package io.vaultline.demo;

import org.jspecify.annotations.NullMarked;
