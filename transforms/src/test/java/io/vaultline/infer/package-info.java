@NullMarked
package io.vaultline.infer;

import org.jspecify.annotations.NullMarked;
