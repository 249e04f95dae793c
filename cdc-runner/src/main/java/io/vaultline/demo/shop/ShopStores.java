package io.vaultline.demo.shop;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The two databases of the shop: schema {@code shop} of a PostgreSQL database, and MongoDB database {@code shop}. */
public final class ShopStores implements AutoCloseable {
    /** Name of the schema, and of the MongoDB database. */
    public static final String NAME = "shop";

    private final String jdbcUrl;
    private final String user;
    private final String password;
    private final MongoClient mongo;

    /** Connects to MongoDB when needed, to PostgreSQL by {@link #connect()}. */
    public ShopStores(String jdbcUrl, String user, String password, String mongoUri) {
        this.jdbcUrl = jdbcUrl;
        this.user = user;
        this.password = password;
        this.mongo = MongoClients.create(mongoUri);
    }

    /** A new connection; the caller closes it. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl, user, password);
    }

    MongoClient mongo() {
        return mongo;
    }

    MongoDatabase database() {
        return mongo.getDatabase(NAME);
    }

    @Override
    public void close() {
        mongo.close();
    }
}
