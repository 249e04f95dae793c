package io.vaultline.clickhouse.load;

import io.vaultline.error.ErrorClass;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.kafka.ChangeConsumer;
import io.vaultline.kafka.RawChange;
import java.util.Optional;

/**
 * A record as it was polled, and the change in it.
 *
 * @param event nothing if it can't be read as one
 * @param problem why it can't, in that case
 */
record Polled(RawChange raw, Optional<DataChangeEvent> event, Optional<PipelineException> problem) {

    /** @throws PipelineException if something else than the record is to blame */
    static Polled of(ChangeConsumer decoder, RawChange raw) {
        try {
            return new Polled(raw, Optional.of(decoder.decode(raw).event()), Optional.empty());
        } catch (RuntimeException e) {
            return new Polled(raw, Optional.empty(), Optional.of(problem(e, raw.where())));
        }
    }

    /**
     * What is wrong with a change, without its data. Neither decoding nor mapping reaches anything but the change, so
     * whatever they throw is about the change, unless it says otherwise.
     */
    static PipelineException problem(RuntimeException failure, String where) {
        if (failure instanceof PipelineException known) {
            if (known.code().errorClass() != ErrorClass.DATA) {
                throw known;
            }
            return known;
        }
        return new PipelineException(
                ErrorCode.VALUE_NOT_SUPPORTED,
                "A change can't be loaded: " + failure.getClass().getSimpleName(),
                where,
                "Leave the column out (exclude-columns) or drop the letter, and report it.",
                failure);
    }
}
