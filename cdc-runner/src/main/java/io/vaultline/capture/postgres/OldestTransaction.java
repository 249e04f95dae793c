package io.vaultline.capture.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The transaction that others wait for: a slot and a snapshot begin only when all that run have ended. */
final class OldestTransaction {
    private static final Logger LOG = LoggerFactory.getLogger(OldestTransaction.class);

    private OldestTransaction() {}

    /** Says in the log who is waited for, by what. */
    static void warn(Connection connection, String waiting) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet oldest = statement.executeQuery("SELECT pid, date_trunc('second', now() - xact_start)::text"
                        + " FROM pg_stat_activity WHERE backend_xid IS NOT NULL AND pid <> pg_backend_pid()"
                        + " ORDER BY xact_start LIMIT 1")) {
            LOG.warn(
                    "{} waits for transactions of the source that run; the oldest: {}",
                    waiting,
                    oldest.next()
                            ? "pid " + oldest.getString(1) + ", for " + oldest.getString(2)
                            : "it has just ended");
        }
    }
}
