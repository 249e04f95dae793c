/** What a person sees of something that takes its time: lines, steps, tables. */
@NullMarked
package io.vaultline.screen;

import org.jspecify.annotations.NullMarked;
