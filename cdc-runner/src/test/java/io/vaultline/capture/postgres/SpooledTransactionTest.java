package io.vaultline.capture.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpooledTransactionTest {
    private static final int HEADER = 3;

    /** From everything on disk to everything in memory; twice, since what was handed out is forgotten. */
    @ParameterizedTest
    @ValueSource(longs = {0, 5_000, 1L << 40})
    void messagesComeBackOnceInOrderWhereverTheyWaited(long memory) {
        try (SpooledTransaction transaction = new SpooledTransaction(memory)) {
            for (int round = 0; round < 2; round++) {
                List<String> added = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    transaction.add(block(round, i, added));
                }
                List<String> drained = new ArrayList<>();
                transaction.drain(block -> drained.addAll(texts(block)));
                assertThat(drained).isEqualTo(added);
            }
        }
    }

    private static MessageBlock block(int round, int number, List<String> added) {
        MessageBlock block = new MessageBlock();
        for (int i = 0; i < number * number; i++) {
            String text = "round " + round + " block " + number + " \u00e4 " + "x".repeat(i);
            added.add(text);
            block.add(message(text), HEADER, number == 19 && i == number * number - 1);
        }
        return block;
    }

    private static byte[] message(String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        byte[] message = new byte[HEADER + content.length + 1];
        System.arraycopy(content, 0, message, HEADER, content.length);
        return message;
    }

    private static List<String> texts(MessageBlock block) {
        List<String> texts = new ArrayList<>();
        MessageCursor in = block.first();
        while (in.nextMessage()) {
            texts.add(in.string());
            assertThat(in.atEnd()).isTrue();
        }
        if (block.endsTransaction()) {
            MessageCursor last = block.last();
            last.nextMessage();
            assertThat(last.string()).isEqualTo(texts.get(texts.size() - 1));
        }
        return texts;
    }
}
