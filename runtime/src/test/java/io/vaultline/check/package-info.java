@NullMarked
package io.vaultline.check;

import org.jspecify.annotations.NullMarked;
