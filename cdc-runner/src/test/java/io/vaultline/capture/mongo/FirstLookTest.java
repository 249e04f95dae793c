package io.vaultline.capture.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;

class FirstLookTest {
    private final FirstLook look = new FirstLook();

    @Test
    void anAnswerThatRepeatsWhereTheStreamWasOpenedSaysNothing() {
        look.open(token(7));
        assertThat(look.isSaid(answer(7))).isFalse();
        assertThat(look.isSaid(answer(7))).isFalse();
        assertThat(look.isSaid(answer(8))).isTrue();
        assertThat(look.isSaid(answer(8))).isTrue();
    }

    @Test
    void afterAnEventTheEndIsTheEndAlsoAtTheTimeOfTheOpening() {
        look.open(token(7));
        assertThat(look.isSaid(answer(7, new BsonDocument()))).isTrue();
        assertThat(look.isSaid(answer(7))).isTrue();
    }

    @Test
    void eachOpeningHasToLookAgain() {
        look.open(token(7));
        assertThat(look.isSaid(answer(9))).isTrue();
        look.open(token(9));
        assertThat(look.isSaid(answer(9))).isFalse();
    }

    private static BsonDocument answer(int second, BsonDocument... events) {
        return new BsonDocument("nextBatch", new BsonArray(List.of(events)))
                .append("postBatchResumeToken", token(second));
    }

    /** As the server spells it: a type, then the cluster time. */
    private static BsonDocument token(int second) {
        return new BsonDocument("_data", new BsonString(String.format("82%08X%08X", second, 1)));
    }
}
