/** Tests of the shop. */
@NullMarked
package io.vaultline.demo.shop;

import org.jspecify.annotations.NullMarked;
