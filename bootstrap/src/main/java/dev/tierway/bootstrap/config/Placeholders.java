package dev.tierway.bootstrap.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Puts in the values of <code>${NAME}</code> and <code>${file:PATH}</code>, once; <code>$${</code> stands for itself. */
final class Placeholders {
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String FILE = "file:";
    private static final int MOST_BYTES = 64 * 1024;

    private final Map<String, String> environment;
    private final Path folder;
    private final Set<Path> filesRead = new LinkedHashSet<>();

    /** @param folder what relative paths start from */
    Placeholders(Map<String, String> environment, Path folder) {
        this.environment = environment;
        this.folder = folder;
    }

    /** Files whose content was put in. */
    Set<Path> filesRead() {
        return Collections.unmodifiableSet(filesRead);
    }

    static boolean in(String text) {
        return text.contains("${");
    }

    /** @throws Unfit if a placeholder is malformed or stands for nothing */
    String resolve(String text) {
        StringBuilder result = new StringBuilder();
        int from = 0;
        for (int start = text.indexOf("${"); start >= 0; start = text.indexOf("${", from)) {
            if (start > from && text.charAt(start - 1) == '$') {
                result.append(text, from, start - 1).append("${");
                from = start + 2;
                continue;
            }
            int end = text.indexOf('}', start);
            if (end < 0) {
                throw new Unfit("a '${' is never closed", "write ${NAME}, or $${ for a plain ${");
            }
            result.append(text, from, start).append(valueOf(text.substring(start + 2, end)));
            from = end + 1;
        }
        return result.append(text, from, text.length()).toString();
    }

    private String valueOf(String name) {
        if (name.startsWith(FILE)) {
            return contentOf(name.substring(FILE.length()));
        }
        if (!VARIABLE.matcher(name).matches()) {
            throw new Unfit(
                    "'${" + name + "}' is neither a variable nor a file",
                    "write ${NAME} for an environment variable, ${file:PATH} for a file's content");
        }
        String value = environment.get(name);
        if (value == null || value.isEmpty()) {
            throw new Unfit(
                    "environment variable '" + name + "' is " + (value == null ? "not set" : "empty"),
                    "export " + name + "=… before starting");
        }
        return value;
    }

    private String contentOf(String name) {
        try {
            filesRead.add(folder.resolve(name));
        } catch (InvalidPathException noPath) {
            throw new Unfit("'" + FILE + name + "' names no file", null);
        }
        try (InputStream in = Files.newInputStream(folder.resolve(name))) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new Unfit("file '" + name + "' is larger than 64 KiB", null);
            }
            String content = new String(bytes, StandardCharsets.UTF_8).stripTrailing();
            if (content.isEmpty()) {
                throw new Unfit("file '" + name + "' is empty", null);
            }
            return content;
        } catch (IOException e) {
            throw new Unfit(
                    "file '" + name + "' can't be read (" + e.getClass().getSimpleName() + ")",
                    "relative paths start from the folder of the configuration file");
        }
    }
}
