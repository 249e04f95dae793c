package io.vaultline.vault;

import io.vaultline.event.Row;
import org.jspecify.annotations.Nullable;

/**
 * A row as a change left it.
 *
 * @param row with what was not sent taken from the row before it, as far as the change tells that
 * @param hashKey of the row's anchor
 * @param movedFrom hash key that the row had before this change, if what was not sent is to be found there; else null
 */
@SuppressWarnings("ArrayRecordComponent") // handed from plan to plan, never compared
record RowVersion(Row row, byte[] hashKey, byte @Nullable [] movedFrom, Stamp stamp) {}
