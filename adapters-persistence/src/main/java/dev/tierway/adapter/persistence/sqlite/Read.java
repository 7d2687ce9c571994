package dev.tierway.adapter.persistence.sqlite;

import java.sql.SQLException;

/** Something to look up; run by a reader thread. */
interface Read<T> {
    T run(Reading from) throws SQLException;
}
