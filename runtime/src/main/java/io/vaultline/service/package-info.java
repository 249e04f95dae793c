/** Life cycle, health and metrics of the pipeline's roles. */
@NullMarked
package io.vaultline.service;

import org.jspecify.annotations.NullMarked;
