package dev.tierway.bootstrap.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * A file in the format of LiteLLM's price list: an object of models, each with numbers per token.
 *
 * @param name of the price list, for the books: the same content has the same name
 */
record LiteLlmList(String name, JsonNode models) {
    private static final int MOST_BYTES = 32 * 1024 * 1024;

    /** Prices like 1.5e-07 are decimal numbers, not approximations of them. */
    private static final ObjectMapper EXACT = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** @throws Unfit if it can't be read, or isn't such a list */
    static LiteLlmList read(String file, Path folder) {
        if (file.matches("(?i)[a-z][a-z0-9+.-]+://.*")) {
            throw new Unfit("must be a local file, not an address", "download it, and name the file");
        }
        byte[] bytes = bytes(file, folder);
        JsonNode root;
        try {
            root = EXACT.readTree(bytes);
        } catch (JsonProcessingException malformed) {
            Location at = SyntaxMessage.placeOf(malformed);
            throw new Unfit(
                    "file '" + file + "' is not JSON from line " + at.line() + ", column " + at.column() + " on", null);
        } catch (IOException e) {
            throw new Unfit("file '" + file + "' can't be read (" + e.getClass().getSimpleName() + ")", null);
        }
        boolean list = root.isObject() && !root.isEmpty();
        for (JsonNode model : root) {
            list &= model.isObject();
        }
        if (!list) {
            throw new Unfit(
                    "file '" + file + "' is not a price list in LiteLLM's format: an object of models by name", null);
        }
        CRC32 sum = new CRC32();
        sum.update(bytes);
        return new LiteLlmList("import:" + HexFormat.of().toHexDigits((int) sum.getValue()), root);
    }

    private static byte[] bytes(String file, Path folder) {
        try (InputStream in = Files.newInputStream(folder.resolve(file))) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new Unfit("file '" + file + "' is larger than 32 MiB", null);
            }
            return bytes;
        } catch (NoSuchFileException | InvalidPathException e) {
            throw new Unfit("there is no file '" + file + "'", "name a file relative to the configuration's folder");
        } catch (IOException e) {
            throw new Unfit("file '" + file + "' can't be read (" + e.getClass().getSimpleName() + ")", null);
        }
    }
}
