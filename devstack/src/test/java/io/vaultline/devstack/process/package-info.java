/** Processes that end with their parent, and the folder that they live in. */
@NullMarked
package io.vaultline.devstack.process;

import org.jspecify.annotations.NullMarked;
