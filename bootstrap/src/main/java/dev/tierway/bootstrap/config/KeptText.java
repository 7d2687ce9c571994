package dev.tierway.bootstrap.config;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.ConfigText;
import dev.tierway.GatewayConfig;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What may be kept of a file: its values as written, so without what placeholders stand for, without comments, which may hold
 * anything, and without secrets that were written out.
 */
final class KeptText {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PLACEHOLDER = Pattern.compile("(?<!\\$)\\$\\{[^}]*}");
    /** What may stand beside the placeholder of a credential without being one. */
    private static final Pattern SCHEME = Pattern.compile("(?i)\\s*(|bearer|basic|token)\\s*");

    private static final Pattern ADDRESS = Pattern.compile("(?i)[a-z][a-z0-9+.-]*://[^@]*");
    private static final Pattern WITH_USER = Pattern.compile("(?i)[a-z][a-z0-9+.-]*://[^/?#\\s]*@.*");
    /** YAML 1.1 has these words for it. */
    private static final Set<String> TRUTHS = Set.of("true", "yes", "on", "y");

    private static final int TOO_SHORT_TO_TELL = 8;

    private final Set<String> secretPaths = new LinkedHashSet<>();
    private final Set<String> leftOut = new LinkedHashSet<>();

    private KeptText(List<Node.Scalar> secrets) {
        secrets.stream().filter(KeptText::writtenOut).forEach(secret -> secretPaths.add(secret.path()));
    }

    static ConfigText of(Source source, Node node, GatewayConfig config, List<Node.Scalar> secrets, Set<Path> placed) {
        KeptText kept = new KeptText(secrets);
        String document = kept.json(node);
        String hash = hash(document);
        for (Node.Scalar secret : secrets) {
            boolean elsewhere = writtenOut(secret)
                    && secret.raw().length() >= TOO_SHORT_TO_TELL
                    && document.contains(quoted(secret.raw()));
            if (elsewhere) {
                // Under another key, or part of another value: too much to take apart, so nothing is kept.
                kept.leftOut.add(secret.path());
                document = "{}";
            }
        }
        Set<Path> files = new LinkedHashSet<>();
        if (source.file() != null) {
            files.add(source.file());
        }
        files.addAll(placed);
        String imported = config.catalogueSource().importFile();
        if (imported != null) {
            files.add(source.folder().resolve(imported));
        }
        return new ConfigText(document, hash, List.copyOf(kept.leftOut), source.file(), List.copyOf(files));
    }

    private static boolean writtenOut(Node.Scalar secret) {
        String rest = PLACEHOLDER.matcher(secret.raw()).replaceAll("");
        boolean placedIn = secret.substituted() && SCHEME.matcher(rest).matches();
        return !placedIn && !ADDRESS.matcher(rest).matches();
    }

    private static String quoted(String raw) {
        try {
            String text = JSON.writeValueAsString(raw);
            return text.substring(1, text.length() - 1);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private String json(Node node) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
            write(node, out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private void write(Node node, JsonGenerator out) throws IOException {
        switch (node) {
            case Node.Scalar scalar -> scalar(scalar, out);
            case Node.Sequence list -> {
                out.writeStartArray();
                for (Node item : list.items()) {
                    if (stays(item)) {
                        write(item, out);
                    }
                }
                out.writeEndArray();
            }
            case Node.Mapping map -> {
                out.writeStartObject();
                for (var member : map.values().entrySet()) {
                    if (stays(member.getValue())) {
                        out.writeFieldName(member.getKey());
                        write(member.getValue(), out);
                    }
                }
                out.writeEndObject();
            }
        }
    }

    private boolean stays(Node node) {
        if (node instanceof Node.Scalar scalar) {
            boolean secret = secretPaths.contains(scalar.path())
                    || WITH_USER
                            .matcher(PLACEHOLDER.matcher(scalar.raw()).replaceAll(""))
                            .matches();
            if (secret) {
                leftOut.add(scalar.path());
                return false;
            }
        }
        return true;
    }

    private static void scalar(Node.Scalar scalar, JsonGenerator out) throws IOException {
        switch (scalar.written()) {
            case TEXT, UNRESOLVED -> out.writeString(scalar.raw());
            case NUMBER -> number(scalar.raw(), out);
            case BOOLEAN -> out.writeBoolean(TRUTHS.contains(scalar.raw().toLowerCase(Locale.ROOT)));
            case NOTHING -> out.writeNull();
        }
    }

    /** YAML knows more ways to write one than JSON: what isn't one there stays as it was written. */
    private static void number(String raw, JsonGenerator out) throws IOException {
        String digits = raw.replace("_", "");
        if (digits.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
            out.writeNumber(digits);
        } else {
            out.writeString(raw);
        }
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
