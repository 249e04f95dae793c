package io.vaultline.vault.model;

import java.util.Objects;

/** A column of a vault table. */
public record VaultColumn(String name, VaultType type, boolean nullable) {
    public static final String HASHDIFF = "hashdiff";
    public static final String LOAD_TS = "load_ts";
    public static final String RECORD_SOURCE = "record_source";
    public static final String COMMIT_POSITION = "commit_position";
    public static final String COMMIT_ORDINAL = "commit_ordinal";
    public static final String DELETED = "deleted";
    public static final String UNAVAILABLE = "unavailable";
    public static final String MOVED_FROM = "moved_from";
    public static final String ACTIVE = "active";
    public static final String ENTITY = "entity";
    public static final String SUB_KEY = "sub_key";
    public static final String SET_NUMBER = "set_number";
    public static final String MISFITS = "misfits";
    public static final String PLACE = "place";
    public static final String STATUS = "status";
    public static final String OTHER_KEY = "other_hk";
    public static final String ELEMENT_NUMBER = "element_number";

    public VaultColumn {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
    }

    /** A column of the vault's own, which is never null. */
    static VaultColumn internal(String name, VaultType.Internal type) {
        return new VaultColumn(name, type, false);
    }
}
