package dev.tierway.bootstrap.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that is there whole or not at all. */
final class OutputFile {
    private OutputFile() {}

    /** Replaces what is there. */
    static void write(Path file, String text) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                // A pipe or a device: what is in its place must stay there.
                Files.writeString(file, text, StandardCharsets.UTF_8);
                return;
            }
            Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            Path part = target.resolveSibling(target.getFileName() + ".part");
            try {
                Files.writeString(part, text, StandardCharsets.UTF_8);
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    "Can't write " + file + " (" + e.getClass().getSimpleName() + "). Choose another --output.", e);
        }
    }
}
