package io.vaultline.demo.shop;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.bson.BsonDocument;

/** Carries out the steps of one lane, one after the other, on connections of its own. For one thread. */
final class ShopClerk implements AutoCloseable {
    private final Connection postgres;
    private final MongoClient client;
    private final MongoDatabase mongo;

    ShopClerk(ShopStores stores) throws SQLException {
        this.postgres = stores.connect();
        this.client = stores.mongo();
        this.mongo = stores.database();
        postgres.setAutoCommit(false);
    }

    /**
     * Carries out a step.
     *
     * @return how many rows and documents it wrote; 0 if it was rolled back
     */
    long run(ShopStep step) throws SQLException {
        return step instanceof ShopStep.Sql sql ? run(sql) : run(((ShopStep.Documents) step).writes());
    }

    private long run(ShopStep.Sql step) throws SQLException {
        try {
            long rows = 0;
            for (ShopStep.Statement statement : step.statements()) {
                rows += execute(statement);
            }
            if (step.rolledBack()) {
                postgres.rollback();
                return 0;
            }
            postgres.commit();
            return rows;
        } catch (SQLException e) {
            postgres.rollback();
            throw e;
        }
    }

    private long execute(ShopStep.Statement statement) throws SQLException {
        try (PreparedStatement prepared = postgres.prepareStatement(statement.text())) {
            int index = 1;
            for (Object parameter : statement.parameters()) {
                prepared.setObject(index++, parameter);
            }
            return prepared.executeUpdate();
        }
    }

    private long run(List<ShopStep.Write> writes) {
        try (ClientSession session = client.startSession()) {
            if (writes.size() == 1) {
                return run(session, writes.get(0));
            }
            return session.withTransaction(() ->
                    writes.stream().mapToLong(write -> run(session, write)).sum());
        }
    }

    private long run(ClientSession session, ShopStep.Write write) {
        MongoCollection<BsonDocument> collection = mongo.getCollection(write.collection(), BsonDocument.class);
        if (write instanceof ShopStep.Write.Insert insert) {
            collection.insertOne(session, insert.document());
            return 1;
        }
        if (write instanceof ShopStep.Write.Update update) {
            return collection.updateOne(session, update.id(), update.change()).getModifiedCount();
        }
        return collection
                .deleteOne(session, ((ShopStep.Write.Delete) write).id())
                .getDeletedCount();
    }

    @Override
    public void close() throws SQLException {
        postgres.close();
    }
}
