package dev.tierway.adapter.persistence.sqlite;

import java.sql.SQLException;

/** Whose fault an error is, by SQLite's result code (sqlite.org/rescode.html). */
enum SqliteFault {
    /** The write itself: it would fail again. */
    WRITE,
    /** Somebody else holds the file, or there is no room: it may work later on the same connection. */
    LATER,
    /** The connection or the file: it may work later on a new connection. */
    CONNECTION;

    private static final int PRIMARY_CODE = 0xff;

    static SqliteFault of(SQLException e) {
        return switch (e.getErrorCode() & PRIMARY_CODE) {
            case 5, 6, 9, 13 -> LATER; // busy, locked, interrupted, full
            case 7, 8, 10, 11, 14, 15, 21, 26 -> CONNECTION; // no memory, read-only, I/O, corrupt, can't open, …
            default -> WRITE;
        };
    }

    /** What to tell the operator. */
    static String advice(SQLException e) {
        return switch (e.getErrorCode() & PRIMARY_CODE) {
            case 5, 6 -> "another process holds the file";
            case 13 -> "the disk is full";
            case 8 -> "the file is read-only";
            case 11, 26 -> "the file is not a sound SQLite database: move it away";
            default -> String.valueOf(e.getMessage());
        };
    }
}
