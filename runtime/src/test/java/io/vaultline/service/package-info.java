/** Tests of the services' life cycle and of what is told about it. */
@NullMarked
package io.vaultline.service;

import org.jspecify.annotations.NullMarked;
