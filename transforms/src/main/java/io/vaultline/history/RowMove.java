package io.vaultline.history;

import io.vaultline.event.CommitOrder;
import io.vaultline.event.Row;

/**
 * A change of a row's identity.
 *
 * @param from key-only row of the old identity
 * @param at the change that created the new one
 */
public record RowMove(Row from, CommitOrder at) {}
