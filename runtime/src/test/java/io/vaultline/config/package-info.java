/** Tests of the configuration's reading and writing. */
@NullMarked
package io.vaultline.config;

import org.jspecify.annotations.NullMarked;
