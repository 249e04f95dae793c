/** What is found when a system is checked before or beside a run, and what mends it. */
@NullMarked
package io.vaultline.check;

import org.jspecify.annotations.NullMarked;
