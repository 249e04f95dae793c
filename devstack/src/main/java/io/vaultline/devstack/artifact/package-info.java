/** Server programs: fetched once through the package clients of the machine, checked, unpacked and kept. */
@NullMarked
package io.vaultline.devstack.artifact;

import org.jspecify.annotations.NullMarked;
