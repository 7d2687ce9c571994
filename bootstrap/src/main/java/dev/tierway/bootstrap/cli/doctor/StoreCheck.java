package dev.tierway.bootstrap.cli.doctor;

import dev.tierway.StorageConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Whether the ledger can be kept where it is to be. Nothing is created. */
public final class StoreCheck {
    static final String AREA = "stores";
    private static final String LEDGER = "ledger";
    private static final long ROOM_BYTES = 100L << 20;

    private StoreCheck() {}

    /** @param folder where relative paths start */
    public static Finding of(StorageConfig storage, Path folder) {
        StorageConfig.Server server = storage.ledgerServer();
        if (server != null) {
            return PostgresCheck.of(LEDGER, server);
        }
        Path path = storage.ledgerPath();
        if (path == null) {
            return Finding.ok(AREA, LEDGER, "in memory: gone when the gateway ends");
        }
        Path file = folder.resolve(path);
        if (Files.exists(file)) {
            return existing(file);
        }
        Path there = nearest(file.toAbsolutePath().getParent());
        if (there == null || !Files.isDirectory(there) || !Files.isWritable(there)) {
            return Finding.fail(
                    AREA, LEDGER, file + " can't be created: " + there + " is no folder that may be written to");
        }
        return room(there, file + " will be created");
    }

    private static Finding existing(Path file) {
        if (!Files.isRegularFile(file)) {
            return Finding.fail(AREA, LEDGER, file + " is not a file: change storage.ledger.path");
        }
        if (!Files.isReadable(file) || !Files.isWritable(file)) {
            return Finding.fail(AREA, LEDGER, file + " can't be read and written: change its rights");
        }
        return room(file, file + " can be written");
    }

    private static Finding room(Path place, String words) {
        try {
            long free = Files.getFileStore(place).getUsableSpace();
            return free < ROOM_BYTES
                    ? Finding.warn(AREA, LEDGER, words + ", but only " + (free >> 20) + " MiB are free there")
                    : Finding.ok(AREA, LEDGER, words + ", " + (free >> 20) + " MiB free");
        } catch (IOException unknown) {
            return Finding.warn(AREA, LEDGER, words + "; how much room is left can't be told: " + unknown.getMessage());
        }
    }

    private static @Nullable Path nearest(@Nullable Path folder) {
        Path there = folder;
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        return there;
    }
}
