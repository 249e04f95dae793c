/** Where the servers are reached: addresses and credentials. */
@NullMarked
package io.vaultline.devstack.endpoint;

import org.jspecify.annotations.NullMarked;
