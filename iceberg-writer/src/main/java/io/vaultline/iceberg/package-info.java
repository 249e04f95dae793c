/** The role that archives: changes from Kafka into history tables, one writer a table. */
@NullMarked
package io.vaultline.iceberg;

import org.jspecify.annotations.NullMarked;
