package dev.tierway.adapter.persistence.sqlite;

import dev.tierway.adapter.persistence.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/** The database file: what must be right about it before it is opened, and how connections are set up. */
final class SqliteFile {
    private static final String DRIVER = "org.sqlite.JDBC";

    private final Path path;
    private final Duration busy;
    private final Driver driver;

    /** @throws StoreException if the driver is missing, or the path can't be a database */
    SqliteFile(Path path, Duration busy, ClassLoader classes) {
        this.path = path.toAbsolutePath();
        this.busy = busy;
        this.driver = driver(classes);
        requireUsable(this.path);
    }

    private static Driver driver(ClassLoader classes) {
        try {
            return (Driver) Class.forName(DRIVER, true, classes)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | LinkageError missing) {
            throw new StoreException(
                    "the sqlite store needs the artifact org.xerial:sqlite-jdbc on the class path: add it, or set"
                            + " storage.ledger.store to memory",
                    missing);
        }
    }

    private static void requireUsable(Path path) {
        if (Files.isDirectory(path)) {
            throw new StoreException(path + " is a directory: let storage.ledger.path name a file, such as "
                    + path.resolve("tierway.db"));
        }
        Path folder = path.getParent();
        try {
            if (folder != null && !Files.isDirectory(folder)) {
                Files.createDirectories(folder);
            }
            if (Files.exists(path) && !writable(path)) {
                throw new StoreException(path + " is read-only: make it writable for this user, or choose another"
                        + " storage.ledger.path");
            }
        } catch (IOException e) {
            throw new StoreException(
                    "can't create the folder of " + path + ": " + e + "; choose another storage.ledger.path", e);
        }
    }

    /** A file nobody may write is meant to stay as it is, also where this process is allowed everything. */
    private static boolean writable(Path path) throws IOException {
        if (!Files.getFileStore(path).supportsFileAttributeView("posix")) {
            return Files.isWritable(path);
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        boolean anybody = permissions.contains(PosixFilePermission.OWNER_WRITE)
                || permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE);
        return anybody && Files.isWritable(path);
    }

    /** A connection that may write. What answered is on disk, also after a power cut. */
    Connection writer() throws SQLException {
        return open(
                List.of("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA journal_size_limit=67108864"));
    }

    Connection reader() throws SQLException {
        return open(List.of("PRAGMA query_only=1"));
    }

    private Connection open(List<String> settings) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("busy_timeout", Long.toString(busy.toMillis()));
        Connection connection = driver.connect("jdbc:sqlite:" + path, properties);
        if (connection == null) {
            throw new SQLException("the sqlite driver doesn't take the path " + path);
        }
        try (Statement statement = connection.createStatement()) {
            for (String setting : settings) {
                statement.execute(setting);
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
