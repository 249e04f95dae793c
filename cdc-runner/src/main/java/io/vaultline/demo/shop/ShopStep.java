package io.vaultline.demo.shop;

import java.util.List;
import org.bson.BsonDocument;

/** Something that happens in the shop: one transaction in one of its databases. */
public sealed interface ShopStep {

    /**
     * A transaction in PostgreSQL.
     *
     * @param rolledBack whether it ends without effect
     */
    record Sql(List<Statement> statements, boolean rolledBack) implements ShopStep {
        public Sql {
            statements = List.copyOf(statements);
        }

        static Sql of(Statement... statements) {
            return new Sql(List.of(statements), false);
        }
    }

    /** A statement and its parameters, each of a class that the JDBC driver takes. */
    record Statement(String text, List<Object> parameters) {
        public Statement {
            parameters = List.copyOf(parameters);
        }

        static Statement of(String text, Object... parameters) {
            return new Statement(text, List.of(parameters));
        }
    }

    /** Writes to MongoDB, in one transaction if there are several. */
    record Documents(List<Write> writes) implements ShopStep {
        public Documents {
            writes = List.copyOf(writes);
        }

        static Documents of(Write... writes) {
            return new Documents(List.of(writes));
        }
    }

    /** A write of one document. */
    sealed interface Write {
        /** The document's collection. */
        String collection();

        /** A new document. */
        record Insert(String collection, BsonDocument document) implements Write {}

        /** A change of the document with an id, by update operators. */
        record Update(String collection, BsonDocument id, BsonDocument change) implements Write {}

        /** The end of the document with an id. */
        record Delete(String collection, BsonDocument id) implements Write {}
    }
}
