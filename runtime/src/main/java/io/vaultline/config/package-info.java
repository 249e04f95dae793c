/** What a user can set, checked and typed. */
@NullMarked
package io.vaultline.config;

import org.jspecify.annotations.NullMarked;
