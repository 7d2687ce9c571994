package dev.tierway.bootstrap.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The text of a configuration and where it came from.
 *
 * @param name as shown in problems
 * @param folder what relative paths start from
 * @param file null: it isn't one's
 */
record Source(
        String name,
        String text,
        boolean json,
        Path folder,
        @Nullable Path file) {
    private static final int MOST_BYTES = 1024 * 1024;

    static Source of(String text) {
        String start = text.stripLeading();
        boolean json =
                start.startsWith("{") && start.substring(1).stripLeading().startsWith("\"");
        return new Source("configuration", text, json, Path.of(""), null);
    }

    /** @throws Unfit if it can't be read */
    static Source of(Path file) {
        if (Files.isDirectory(file)) {
            throw new Unfit("is a directory, not a file", "name the file in it, e.g. " + file.resolve("tierway.yaml"));
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new Unfit("is larger than 1 MiB", null);
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            boolean json = file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
            Path folder = file.toAbsolutePath().getParent();
            return new Source(file.toString(), text, json, folder == null ? Path.of("") : folder, file);
        } catch (NoSuchFileException e) {
            throw new Unfit("there is no such file", "make one with `tierway init`, or name another with --config");
        } catch (AccessDeniedException e) {
            throw new Unfit("can't be read: permission denied", "let the user that runs Tierway read it");
        } catch (CharacterCodingException e) {
            throw new Unfit("is not UTF-8 text", null);
        } catch (IOException e) {
            throw new Unfit("can't be read (" + e.getClass().getSimpleName() + ")", null);
        }
    }
}
