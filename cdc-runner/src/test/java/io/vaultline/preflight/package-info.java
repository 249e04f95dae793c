@NullMarked
package io.vaultline.preflight;

import org.jspecify.annotations.NullMarked;
