/** The gateway against a real server. */
@NullMarked
package io.vaultline.clickhouse.server;

import org.jspecify.annotations.NullMarked;
