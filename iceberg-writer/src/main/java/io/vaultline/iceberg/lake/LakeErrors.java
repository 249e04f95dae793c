package io.vaultline.iceberg.lake;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.nio.file.AccessDeniedException;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.apache.hadoop.fs.s3a.UnknownStoreException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.jspecify.annotations.Nullable;

/** Says in a person's words what catalog and object store mean by their exceptions. */
public final class LakeErrors {
    private LakeErrors() {}

    /** Does something in the lake, with failures translated. */
    public static <T> T guard(String where, Supplier<T> action) {
        try {
            return action.get();
        } catch (PipelineException e) {
            throw e;
        } catch (RuntimeException e) {
            throw translate(e, where);
        }
    }

    /**
     * The failure as a person should see it.
     *
     * @param where table, bucket or address; no credentials
     */
    public static PipelineException translate(Exception failure, String where) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            PipelineException known = known(cause, where, failure);
            if (known != null) {
                return known;
            }
        }
        return new PipelineException(
                ErrorCode.LAKE_UNREACHABLE,
                "Catalog or object store do not answer as they should: " + innermost(failure),
                where,
                "Check that both run and that their addresses are right.",
                failure);
    }

    private static @Nullable PipelineException known(Throwable cause, String where, Exception failure) {
        if (cause instanceof PipelineException translated) {
            return translated;
        } else if (cause instanceof SQLException sql) {
            return database(sql, where, failure);
        } else if (cause instanceof UnknownStoreException) {
            return new PipelineException(
                    ErrorCode.LAKE_REFUSES,
                    "The bucket does not exist",
                    where,
                    "Create it, such as by: aws s3 mb s3://<bucket>; or correct lake.catalog-properties.warehouse.",
                    failure);
        } else if (cause instanceof AccessDeniedException) {
            return new PipelineException(
                    ErrorCode.LAKE_REFUSES,
                    "The object store refuses the access keys",
                    where,
                    "Check lake.s3.access-key and lake.s3.secret-key, and that they may read, write and delete here.",
                    failure);
        } else if (cause instanceof NotAuthorizedException || cause instanceof ForbiddenException) {
            return new PipelineException(
                    ErrorCode.LAKE_REFUSES,
                    "The catalog refuses the credentials",
                    where,
                    "Check the credentials in lake.catalog-properties.",
                    failure);
        } else if (cause instanceof NotFoundException) {
            return new PipelineException(
                    ErrorCode.LAKE_REFUSES,
                    "A file that the catalog knows is not in the object store",
                    where,
                    "Restore the bucket to the state of the catalog, or drop the table to have it archived anew.",
                    failure);
        }
        return null;
    }

    private static PipelineException database(SQLException sql, String where, Exception failure) {
        String state = sql.getSQLState() == null ? "" : sql.getSQLState();
        if (state.startsWith("28")) {
            return new PipelineException(
                    ErrorCode.LAKE_REFUSES,
                    "The catalog's database refuses the login",
                    where,
                    "Check jdbc.user and jdbc.password in lake.catalog-properties.",
                    failure);
        } else if (state.equals("3D000")) {
            return new PipelineException(
                    ErrorCode.LAKE_REFUSES,
                    "The catalog's database does not exist",
                    where,
                    "Create it by CREATE DATABASE, or correct lake.catalog-properties.uri.",
                    failure);
        } else if (state.equals("42501")) {
            return new PipelineException(
                    ErrorCode.LAKE_REFUSES,
                    "The catalog's user lacks a right: " + sql.getMessage(),
                    where,
                    "Grant it the right to create, read and change tables in the catalog's schema.",
                    failure);
        }
        return new PipelineException(
                ErrorCode.LAKE_UNREACHABLE,
                "The catalog's database does not answer as it should (SQLSTATE " + state + "): " + sql.getMessage(),
                where,
                "Check that it runs and that lake.catalog-properties.uri is right.",
                failure);
    }

    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }
}
