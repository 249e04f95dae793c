/** Servers as containers of a Docker engine. */
@NullMarked
package io.vaultline.devstack.container;

import org.jspecify.annotations.NullMarked;
