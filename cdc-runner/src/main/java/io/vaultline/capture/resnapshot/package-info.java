/** How a running capture is asked to read a collection again, and how it answers: records of the requests topic. */
@NullMarked
package io.vaultline.capture.resnapshot;

import org.jspecify.annotations.NullMarked;
