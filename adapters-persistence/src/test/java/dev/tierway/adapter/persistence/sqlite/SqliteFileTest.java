package dev.tierway.adapter.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.adapter.persistence.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteFileTest {
    @TempDir
    Path folder;

    @Test
    void a_directory_is_refused_with_words() {
        assertThatThrownBy(() -> SqliteDatabase.open(SqliteOptions.at(folder)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is a directory: let storage.ledger.path name a file")
                .hasMessageContaining("tierway.db");
    }

    @Test
    void a_read_only_file_is_refused_with_words_whoever_runs_this() throws IOException {
        Path file = folder.resolve("tierway.db");
        SqliteDatabase.open(SqliteOptions.at(file)).close();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));

        assertThatThrownBy(() -> SqliteDatabase.open(SqliteOptions.at(file)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is read-only: make it writable");
    }

    @Test
    void a_file_that_is_no_database_is_refused_with_words() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.txt"), "hello ".repeat(1000));

        assertThatThrownBy(() -> SqliteDatabase.open(SqliteOptions.at(file)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is not a sound SQLite database: move it away");
        assertThat(Files.readString(file)).startsWith("hello hello");
    }

    @Test
    void a_folder_that_cannot_be_made_is_told() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> SqliteDatabase.open(SqliteOptions.at(file.resolve("below/tierway.db"))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("can't create the folder of");
    }

    @Test
    void without_the_driver_it_is_told_which_artifact_to_add() {
        ClassLoader without = ClassLoader.getPlatformClassLoader();

        assertThatThrownBy(() -> new SqliteFile(folder.resolve("tierway.db"), Duration.ofSeconds(1), without))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("org.xerial:sqlite-jdbc")
                .hasMessageContaining("storage.ledger.store");
    }
}
