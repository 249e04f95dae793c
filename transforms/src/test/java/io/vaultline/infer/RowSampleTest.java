package io.vaultline.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.Row;
import io.vaultline.vault.Shop;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowSampleTest {
    private static final ChangeHeader HEADER = new ChangeHeader(Shop.SELLERS, new CommitOrder(1, 1), 0, "tx");

    private final RowSample sample = new RowSample();

    @Test
    void eachRowIsThereOnceAsItWasLast() {
        sample.add(new RowRead(HEADER, seller(1, "a")));
        sample.add(new RowCreated(HEADER, seller(2, "b"), null));
        sample.add(new RowUpdated(HEADER, null, seller(1, "c")));
        sample.add(new RowCreated(HEADER, seller(3, "d"), null));
        sample.add(new RowDeleted(HEADER, seller(2, null).keyOnly(), null));

        assertThat(sample.rows()).extracting(row -> row.get("name")).containsExactly("c", "d");
    }

    @Test
    void anEmptiedCollectionHasNone() {
        sample.add(new RowRead(HEADER, seller(1, "a")));
        sample.add(new CollectionTruncated(HEADER));

        assertThat(sample.rows()).isEmpty();
    }

    private static Row seller(int id, @Nullable String name) {
        return new Row(Shop.SELLERS, id, name);
    }
}
