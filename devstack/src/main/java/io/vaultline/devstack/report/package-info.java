/** What a person gets to see of the devstack: progress and failures. */
@NullMarked
package io.vaultline.devstack.report;

import org.jspecify.annotations.NullMarked;
