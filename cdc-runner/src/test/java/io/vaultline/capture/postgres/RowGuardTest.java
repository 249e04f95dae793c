package io.vaultline.capture.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RowGuardTest {
    private static final int LIMIT = 1_000;
    private static final int LARGE = 5_000;

    @Property
    void aStreamedRowIsNamedHoweverTheBytesCome(@ForAll @IntRange(min = 1, max = 400) int part) throws IOException {
        byte[] stream = join(
                message('W', new byte[3]),
                message('d', replicated(relation())),
                message('d', replicated(row(10))),
                message('k', new byte[2 * LARGE]),
                message('d', replicated(row(LARGE))));
        assertThat(found(stream, part).problem().where()).isEqualTo("column s.files.content");
    }

    @Property
    void aRowOfACopyHasTheNumberOfItsColumn(@ForAll @IntRange(min = 1, max = 400) int part) throws IOException {
        byte[] text = ("1\tname\t" + "x".repeat(LARGE) + "\t\\N\n").getBytes(StandardCharsets.UTF_8);
        byte[] stream = join(
                message('H', new byte[3]), message('d', "1\tR\n".getBytes(StandardCharsets.UTF_8)), message('d', text));
        assertThat(found(stream, part).index()).isEqualTo(2);
    }

    @Property
    void anEncryptedConnectionPasses(@ForAll @IntRange(min = 1, max = 400) int part) throws IOException {
        RowGuard guard = new RowGuard(LIMIT);
        guard.sent(new byte[] {0, 0, 0, 8, 4, (byte) 0xD2, 0x16, 0x2F}, 0, 8);
        byte[] stream = join(new byte[] {'S'}, message('d', new byte[LARGE]));
        for (int at = 0; at < stream.length; at += part) {
            assertThat(guard.pass(stream, at, Math.min(part, stream.length - at)))
                    .isNegative();
        }
    }

    @Property
    void aServerWithoutEncryptionIsFollowed(@ForAll @IntRange(min = 1, max = 400) int part) throws IOException {
        RowGuard guard = new RowGuard(LIMIT);
        guard.sent(new byte[] {0, 0, 0, 8, 4, (byte) 0xD2, 0x16, 0x2F}, 0, 8);
        byte[] stream = join(new byte[] {'N'}, message('H', new byte[3]), message('d', new byte[LARGE]));
        assertThat(found(guard, stream, part).index()).isZero();
    }

    private static OversizedRow found(byte[] stream, int part) throws IOException {
        return found(new RowGuard(LIMIT), stream, part);
    }

    private static OversizedRow found(RowGuard guard, byte[] stream, int part) throws IOException {
        for (int at = 0; at < stream.length; at += part) {
            int count = Math.min(part, stream.length - at);
            int oversized = guard.pass(stream, at, count);
            if (oversized >= 0) {
                int next = at + count;
                return guard.describe(
                        stream, oversized, next, new ByteArrayInputStream(stream, next, stream.length - next));
            }
        }
        throw new AssertionError("the large row was let through");
    }

    private static byte[] message(char type, byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(type);
        out.writeInt(body.length + 4);
        out.write(body);
        return bytes.toByteArray();
    }

    private static byte[] replicated(byte[] content) {
        byte[] head = new byte[25];
        head[0] = 'w';
        return join(head, content);
    }

    private static byte[] relation() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeBytes("R");
        out.writeInt(7);
        out.writeBytes("s\0files\0d");
        out.writeShort(2);
        out.writeBytes("\1id\0");
        out.writeLong(0);
        out.writeBytes("\0content\0");
        out.writeLong(0);
        return bytes.toByteArray();
    }

    private static byte[] row(int size) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeBytes("I");
        out.writeInt(7);
        out.writeBytes("N");
        out.writeShort(2);
        out.writeBytes("t");
        out.writeInt(1);
        out.writeBytes("1t");
        out.writeInt(size);
        out.write(new byte[size]);
        return bytes.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
