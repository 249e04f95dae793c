package io.vaultline.codec;

/** Finds the schema that a record was written with. */
@FunctionalInterface
public interface SchemaLookup {
    /**
     * The schema of a fingerprint; the same object each time.
     *
     * @throws io.vaultline.error.PipelineException with {@code RECORD_UNREADABLE} if no schema has that fingerprint
     */
    ChangeSchema byFingerprint(long fingerprint);
}
