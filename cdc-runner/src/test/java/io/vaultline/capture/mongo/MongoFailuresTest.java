package io.vaultline.capture.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoCommandException;
import com.mongodb.ServerAddress;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import org.bson.BsonDocument;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MongoFailuresTest {
    /** Such as that of an oplog which has rolled over, which would take a gigabyte of changes to bring about. */
    @ParameterizedTest
    @CsvSource({
        "286, SOURCE_POSITION_LOST",
        "280, SOURCE_POSITION_LOST",
        "13, SOURCE_NOT_CAPTURABLE",
        "18, SOURCE_REFUSES_LOGIN",
        "40573, SOURCE_NOT_CAPTURABLE",
        "239, CAPTURE_FAILED"
    })
    void theServersCodesAreKnownBelowOtherExceptions(int code, ErrorCode expected) {
        BsonDocument answer = BsonDocument.parse("{ok: 0, code: " + code + ", errmsg: 'no', codeName: 'No'}");
        Exception failure = new RuntimeException(new MongoCommandException(answer, new ServerAddress()));
        PipelineException known = new MongoFailures("source m").apply(failure);
        assertThat(known.code()).isEqualTo(expected);
        assertThat(known.where()).isEqualTo("source m");
    }
}
