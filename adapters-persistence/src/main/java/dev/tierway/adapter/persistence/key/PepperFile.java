package dev.tierway.adapter.persistence.key;

import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.application.port.out.SecretSource;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Set;

/**
 * A pepper of Tierway's own making, in a file that only its owner can read, beside the database and not in it: a copy of the
 * database alone is of no use to whoever took it.
 *
 * @param created whether it wasn't there before
 * @param exposed whether others than its owner can read it
 */
public record PepperFile(Path path, String pepper, boolean created, boolean exposed) {
    private static final int BYTES = 32;
    private static final Set<PosixFilePermission> OWNERS =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /** Where it is for a database. */
    public static Path beside(Path database) {
        Path name = database.getFileName();
        return database.resolveSibling(name + ".pepper");
    }

    /**
     * Reads it, or makes it: of several processes at once, one.
     *
     * @throws StoreException if that can't be done
     */
    public static PepperFile open(Path path, SecretSource source) {
        try {
            boolean created = !Files.exists(path) && create(path, source);
            String pepper = Files.readString(path).strip();
            if (pepper.length() < 2 * BYTES) {
                throw new StoreException(path + " holds no pepper: put back the one it held, or set auth.pepper");
            }
            return new PepperFile(path, pepper, created, exposed(path));
        } catch (IOException e) {
            throw new StoreException("can't read or write " + path + ": mend it, or set auth.pepper", e);
        }
    }

    private static boolean posix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    /** Whole or not at all: nobody ever reads half a pepper. */
    private static boolean create(Path path, SecretSource source) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        FileAttribute<?>[] owners = posix()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNERS)}
                : new FileAttribute<?>[0];
        Path whole = Files.createTempFile(folder, ".pepper", ".new", owners);
        try {
            Files.writeString(whole, HexFormat.of().formatHex(source.draw(BYTES)) + "\n");
            Files.createLink(path, whole);
            return true;
        } catch (FileAlreadyExistsException another) {
            return false;
        } catch (UnsupportedOperationException noLinks) {
            Files.move(whole, path);
            return true;
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    private static boolean exposed(Path path) throws IOException {
        return posix() && !OWNERS.containsAll(Files.getPosixFilePermissions(path));
    }

    /** Without the pepper. */
    @Override
    public String toString() {
        return "PepperFile[" + path + "]";
    }
}
