package dev.tierway.adapter.persistence.sqlite;

import java.sql.SQLException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Writes that are committed together. */
final class Group {
    /** A write can't be done; found while all were done together. */
    static final class OneIsWrong extends Exception {
        private static final long serialVersionUID = 1;

        OneIsWrong(Exception cause) {
            super(cause);
        }
    }

    private final List<Write> writes;
    private final boolean apart;
    private final Map<Write, Exception> refused = new IdentityHashMap<>();

    /** @param apart whether a write that is wrong is left out, at the price of a savepoint each */
    Group(List<Write> writes, boolean apart) {
        this.writes = writes;
        this.apart = apart;
    }

    /** @throws SQLException if the file can't be written now; nothing was */
    void commit(Statements on) throws SQLException, OneIsWrong {
        on.execute("BEGIN IMMEDIATE");
        try {
            for (Write write : writes) {
                run(write, on);
            }
            on.execute("COMMIT");
        } catch (SQLException | OneIsWrong e) {
            on.rollBack(e);
            throw e;
        }
    }

    private void run(Write write, Statements on) throws SQLException, OneIsWrong {
        if (apart) {
            on.execute("SAVEPOINT one");
        }
        try {
            write.run(on);
        } catch (SQLException | RuntimeException e) {
            if (e instanceof SQLException ofFile && SqliteFault.of(ofFile) != SqliteFault.WRITE) {
                throw ofFile;
            }
            if (!apart) {
                throw new OneIsWrong(e);
            }
            on.execute("ROLLBACK TO one");
            refused.put(write, e);
        }
        if (apart) {
            on.execute("RELEASE one");
        }
    }

    /** After the commit: tells every write what became of it. */
    void answer(WriterState state) {
        int rows = 0;
        for (Write write : writes) {
            if (!refused.containsKey(write)) {
                rows += write.rows();
            }
        }
        state.written(rows);
        refused.forEach(state::refused);
        for (Write write : writes) {
            Exception why = refused.get(write);
            if (why == null) {
                write.done();
            } else {
                write.failed(why);
            }
        }
    }

    static void giveUp(List<Write> writes, WriterState state, Exception why) {
        state.gaveUp(writes.stream().mapToInt(Write::rows).sum(), why);
        writes.forEach(write -> write.failed(why));
    }
}
