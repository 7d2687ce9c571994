package dev.tierway.bootstrap.reload;

import dev.tierway.ConfigText;
import dev.tierway.GatewayConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What was in a configuration's files at some moment.
 *
 * @param hashes by file; of one that can't be read, why
 */
record FileContents(Map<Path, String> hashes) {
    static final FileContents NONE = new FileContents(Map.of());
    private static final int MOST_BYTES = 16 << 20;

    /** Of the file that is read, and of those that the configuration in force has read beside it. */
    static FileContents of(Path file, GatewayConfig inForce) {
        Set<Path> files = new LinkedHashSet<>();
        files.add(file);
        ConfigText text = inForce.text();
        if (text != null) {
            files.addAll(text.files());
        }
        files.addAll(inForce.server().tlsFiles());
        Map<Path, String> hashes = new LinkedHashMap<>();
        files.forEach(path -> hashes.put(path, hash(path)));
        return new FileContents(hashes);
    }

    private static String hash(Path path) {
        try (var in = Files.newInputStream(path)) {
            return HexFormat.of().formatHex(sha256().digest(in.readNBytes(MOST_BYTES)));
        } catch (IOException unreadable) {
            return unreadable.getClass().getName();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** The same, and what only the other one has. */
    FileContents and(FileContents other) {
        Map<Path, String> all = new LinkedHashMap<>(other.hashes);
        all.putAll(hashes);
        return new FileContents(all);
    }

    /** Whether a file that both know is another one now. */
    boolean differsFrom(FileContents before) {
        return hashes.entrySet().stream().anyMatch(file -> {
            String was = before.hashes.get(file.getKey());
            return was != null && !was.equals(file.getValue());
        });
    }
}
