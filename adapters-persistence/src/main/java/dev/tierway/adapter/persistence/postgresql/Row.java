package dev.tierway.adapter.persistence.postgresql;

import java.sql.SQLException;

/** Something to write behind its caller's back. It names itself: written twice, it is there once. */
interface Row {
    /** On the writer's thread; again if the group has to be repeated. */
    void addTo(Batch batch) throws SQLException;

    /** How many rows it counts as, in what is written and lost. */
    default int rows() {
        return 1;
    }

    /** It is on disk. */
    default void done() {}

    /** It never will be. */
    default void failed(Exception why) {}
}
