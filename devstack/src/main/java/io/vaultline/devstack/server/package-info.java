/** What a server offers and where servers come from, whatever they run in. */
@NullMarked
package io.vaultline.devstack.server;

import org.jspecify.annotations.NullMarked;
