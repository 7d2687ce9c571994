package dev.tierway.application.replay;

import java.util.Map;

/** Records as plain values, and back: maps, lists, numbers and strings, as JSON has them. */
public final class PlainRecords {
    private PlainRecords() {}

    /** Two records that are equal come to the same values, in the same order. */
    public static <T extends Record> Map<String, ?> plain(T value, Class<T> type) {
        return RecordCodec.encode(value, type);
    }

    /** @throws IllegalArgumentException if it was written by another version, or is damaged */
    public static <T extends Record> T record(Map<?, ?> plain, Class<T> type) {
        return RecordCodec.decode(plain, type, strategy -> {
            throw new IllegalArgumentException("the record is damaged: a strategy where none can be");
        });
    }
}
