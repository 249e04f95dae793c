package io.vaultline.clickhouse.vault;

/** Which changes count: all of them, or those up to a commit. */
record Bound(String condition) {
    /** Every change that was loaded. */
    static final Bound NONE = new Bound("");

    /** Changes up to and with the commit at a position. */
    static Bound upTo(long commitPosition) {
        return new Bound("commit_position <= " + commitPosition);
    }

    /** The condition as the whole of a {@code WHERE}. */
    String where() {
        return condition.isEmpty() ? "" : " WHERE " + condition;
    }

    /** The condition behind another. */
    String and() {
        return condition.isEmpty() ? "" : " AND " + condition;
    }
}
