package io.vaultline.capture.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import io.vaultline.devstack.Devstack;
import io.vaultline.devstack.endpoint.ServerKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order that we know is the server's own, over ids of every type. */
class ServerOrderIT {
    @TempDir
    private Path directory;

    @Test
    void idsOfAllTypesAreOrderedAsTheServerOrdersThem() {
        try (Devstack stack = Devstack.builder()
                        .directory(directory)
                        .servers(EnumSet.of(ServerKind.MONGODB))
                        .start();
                MongoClient client =
                        MongoClients.create(stack.endpoints().mongodb().uri())) {
            MongoCollection<BsonDocument> collection =
                    client.getDatabase("order").getCollection("ids", BsonDocument.class);
            insert(
                    collection,
                    BsonArbitraries.ids()
                            .sampleStream()
                            .limit(3_000)
                            .map(id -> new BsonDocument("_id", id))
                            .toList());
            List<BsonValue> ids =
                    collection
                            .find()
                            .sort(new BsonDocument("_id", new org.bson.BsonInt32(1)))
                            .into(new ArrayList<>())
                            .stream()
                            .map(document -> Objects.requireNonNull(document.get("_id")))
                            .toList();
            BsonOrder order = new BsonOrder();
            Set<BsonType> types = new HashSet<>();
            for (int i = 1; i < ids.size(); i++) {
                types.add(ids.get(i).getBsonType());
                assertThat(order.compare(ids.get(i - 1), ids.get(i)))
                        .as("%s before %s", ids.get(i - 1), ids.get(i))
                        .isNegative();
            }
            assertThat(types).hasSizeGreaterThan(14);
        }
    }

    /** The server refuses some types as ids, and numbers that equal another one. */
    private static void insert(MongoCollection<BsonDocument> collection, List<BsonDocument> documents) {
        try {
            collection.insertMany(documents, new InsertManyOptions().ordered(false));
        } catch (MongoBulkWriteException e) {
            assertThat(e.getWriteResult().getInsertedCount()).isGreaterThan(500);
        }
    }
}
