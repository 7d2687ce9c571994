package dev.tierway.adapter.persistence.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * That this process alone counts usage in a file: an operating system's lock, gone when the process is. On a file of its own
 * beside the database, because closing any handle of a locked file ends the locks SQLite holds on it.
 */
final class FileClaim implements AutoCloseable {
    private final Path path;
    private @Nullable FileChannel channel;

    FileClaim(SqliteFile database) {
        this.path = Path.of(database + ".quota-lock");
    }

    /** False if another has it. */
    boolean acquire() throws IOException {
        if (channel != null) {
            return true;
        }
        FileChannel opened = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean mine = false;
        try {
            mine = opened.tryLock() != null;
        } catch (OverlappingFileLockException inThisProcess) {
            mine = false;
        } finally {
            if (mine) {
                channel = opened;
            } else {
                opened.close();
            }
        }
        return mine;
    }

    @Override
    public void close() throws IOException {
        FileChannel held = channel;
        channel = null;
        if (held != null) {
            held.close();
        }
    }
}
