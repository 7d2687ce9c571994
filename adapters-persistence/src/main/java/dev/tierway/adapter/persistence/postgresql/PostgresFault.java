package dev.tierway.adapter.persistence.postgresql;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** What an error means, by its SQL state (postgresql.org/docs/current/errcodes-appendix.html). */
enum PostgresFault {
    /** Somebody else was in the way, and nothing was done: at once again. */
    AGAIN,
    /** The connection or the server: what was done is unknown. */
    CONNECTION,
    /** There is no connection free, or none to be had. */
    POOL,
    /** It took too long. */
    TIMEOUT,
    /** The server has no room or may not write. */
    LATER,
    /** The statement itself: it would fail again. */
    STATEMENT;

    static PostgresFault of(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        if (e instanceof SQLTransientConnectionException) {
            return POOL;
        }
        return switch (state) {
            case "40001", "40P01" -> AGAIN;
            case "57014", "55P03" -> TIMEOUT;
            case "25006" -> LATER; // a standby: it becomes writable when it is promoted
            case "57P01", "57P02", "57P03", "57P05" -> CONNECTION;
            default ->
                switch (state.length() < 2 ? "" : state.substring(0, 2)) {
                    case "08" -> CONNECTION;
                    case "53", "58", "XX" -> LATER;
                    default -> STATEMENT;
                };
        };
    }

    /** What to tell the operator; never a password. */
    static String advice(SQLException e) {
        SQLException root = root(e);
        String state = root.getSQLState() == null ? "" : root.getSQLState();
        return switch (state) {
            case "28P01", "28000" -> "it refuses this user or password: check storage's user and password";
            case "3D000" -> "it has no such database: create it, or correct the url";
            case "42501" -> "the user may not do that: let it own the database, or the schema tierway in it";
            case "08001", "08006" -> "it can't be reached: " + root.getMessage();
            case "53300" -> "it has no connections left: lower pool-size, or raise its max_connections";
            case "53100" -> "its disk is full";
            case "25006" -> "it is read-only: is it a standby?";
            case "57014" -> "it took too long";
            default ->
                e instanceof SQLTransientConnectionException && root == e
                        ? "all connections are busy, or it can't be reached: is it slow, or pool-size too small?"
                        : String.valueOf(root.getMessage());
        };
    }

    /** The number an error of ours carries. */
    static long detail(SQLException e) throws SQLException {
        if (e instanceof org.postgresql.util.PSQLException ours
                && ours.getServerErrorMessage() instanceof org.postgresql.util.ServerErrorMessage message
                && message.getDetail() != null) {
            return Long.parseLong(message.getDetail());
        }
        throw e;
    }

    private static SQLException root(SQLException e) {
        SQLException root = e;
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            root = cause instanceof SQLException deeper ? deeper : root;
        }
        return root;
    }
}
