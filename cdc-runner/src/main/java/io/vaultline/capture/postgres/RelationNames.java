package io.vaultline.capture.postgres;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What pgoutput calls a table and its columns. */
record RelationNames(int oid, String table, List<String> columns) {
    /** @param message the content of a relation message, from behind its type */
    static RelationNames read(byte[] message, int offset) {
        ByteBuffer in = ByteBuffer.wrap(message, offset, message.length - offset);
        int oid = in.getInt();
        String table = text(in) + "." + text(in);
        in.get();
        List<String> columns = new ArrayList<>();
        for (int i = in.getShort(); i > 0; i--) {
            in.get();
            columns.add(text(in));
            in.getLong();
        }
        return new RelationNames(oid, table, List.copyOf(columns));
    }

    private static String text(ByteBuffer in) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (byte b = in.get(); b != 0; b = in.get()) {
            text.write(b);
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}
