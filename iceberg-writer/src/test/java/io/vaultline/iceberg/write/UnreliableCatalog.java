package io.vaultline.iceberg.write;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.inmemory.InMemoryFileIO;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.LocationProvider;
import org.apache.iceberg.io.OutputFile;
import org.jspecify.annotations.Nullable;

/** Commits like any catalog, but can be told to fail once, before a commit or with its answer. */
final class UnreliableCatalog extends InMemoryCatalog {
    private final Set<String> written = new TreeSet<>();
    private @Nullable Supplier<RuntimeException> before;
    private @Nullable Supplier<RuntimeException> after;

    void failNextBefore(Supplier<RuntimeException> failure) {
        before = failure;
    }

    void failNextAfter(Supplier<RuntimeException> failure) {
        after = failure;
    }

    /** The data files that were written and are still there. */
    List<String> dataFiles() {
        return written.stream()
                .filter(location -> location.contains("/data/"))
                .filter(location -> new InMemoryFileIO().fileExists(location))
                .toList();
    }

    @Override
    protected TableOperations newTableOps(TableIdentifier identifier) {
        return new Operations(super.newTableOps(identifier));
    }

    private final class Remembering implements FileIO {
        private static final long serialVersionUID = 1L;

        private final transient FileIO io;

        Remembering(FileIO io) {
            this.io = io;
        }

        @Override
        public InputFile newInputFile(String path) {
            return io.newInputFile(path);
        }

        @Override
        public OutputFile newOutputFile(String path) {
            written.add(path);
            return io.newOutputFile(path);
        }

        @Override
        public void deleteFile(String path) {
            io.deleteFile(path);
        }
    }

    private final class Operations implements TableOperations {
        private final TableOperations reliable;

        Operations(TableOperations reliable) {
            this.reliable = reliable;
        }

        @Override
        public void commit(TableMetadata base, TableMetadata metadata) {
            Supplier<RuntimeException> failure = before;
            before = null;
            if (failure != null) {
                throw failure.get();
            }
            reliable.commit(base, metadata);
            failure = after;
            after = null;
            if (failure != null) {
                throw failure.get();
            }
        }

        @Override
        public TableMetadata current() {
            return reliable.current();
        }

        @Override
        public TableMetadata refresh() {
            return reliable.refresh();
        }

        @Override
        public FileIO io() {
            return new Remembering(reliable.io());
        }

        @Override
        public String metadataFileLocation(String fileName) {
            return reliable.metadataFileLocation(fileName);
        }

        @Override
        public LocationProvider locationProvider() {
            return reliable.locationProvider();
        }
    }
}
