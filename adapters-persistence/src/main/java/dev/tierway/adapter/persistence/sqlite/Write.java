package dev.tierway.adapter.persistence.sqlite;

import java.sql.SQLException;

/** Something to write; run by the writer thread inside a transaction, again if that has to be repeated. */
interface Write {
    void run(Statements on) throws SQLException;

    /** How many rows it counts as, in what is written and lost. */
    default int rows() {
        return 1;
    }

    /** It is on disk. */
    default void done() {}

    /** It never will be. */
    default void failed(Exception why) {}
}
