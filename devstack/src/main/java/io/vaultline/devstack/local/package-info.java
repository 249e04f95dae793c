/** Servers as processes of this machine. */
@NullMarked
package io.vaultline.devstack.local;

import org.jspecify.annotations.NullMarked;
