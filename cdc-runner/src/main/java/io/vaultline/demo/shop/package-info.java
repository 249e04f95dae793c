/** The shop: its tables and documents, what stands in them at first, and what happens in it. */
@NullMarked
package io.vaultline.demo.shop;

import org.jspecify.annotations.NullMarked;
