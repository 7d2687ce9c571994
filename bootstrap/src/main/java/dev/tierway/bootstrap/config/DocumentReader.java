package dev.tierway.bootstrap.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.tierway.bootstrap.config.Node.Written;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns YAML or JSON text into nodes that know their place, with placeholders resolved. */
final class DocumentReader {
    private static final int DEEPEST = 30;
    /** Bounds what nested aliases can expand to. */
    private static final int MOST_VALUES = 200_000;

    private static final JsonFactory JSON = new JsonFactory();
    private static final YAMLFactory YAML = new YAMLFactory();

    private final JsonParser parser;
    private final @Nullable Placeholders placeholders;
    private final Problems problems;
    private final Map<String, Node> anchors = new HashMap<>();

    private DocumentReader(JsonParser parser, @Nullable Placeholders placeholders, Problems problems) {
        this.parser = parser;
        this.placeholders = placeholders;
        this.problems = problems;
    }

    /**
     * The document's value; null, after a problem was added, if there is none or it can't be parsed.
     *
     * @param placeholders null: the file is somebody else's and has none
     */
    static @Nullable Node read(Source source, @Nullable Placeholders placeholders, Problems problems) {
        String text = source.text().startsWith("\uFEFF") ? source.text().substring(1) : source.text();
        try (JsonParser parser = (source.json() ? JSON : YAML).createParser(text)) {
            return new DocumentReader(parser, placeholders, problems).document();
        } catch (JsonProcessingException e) {
            problems.error(SyntaxMessage.placeOf(e), "", SyntaxMessage.of(e), SyntaxMessage.suggestion(e, text));
            return null;
        } catch (IOException e) {
            problems.error(
                    Location.WHOLE_FILE, "", "can't be parsed (" + e.getClass().getSimpleName() + ")", null);
            return null;
        } catch (Refused e) {
            problems.error(e.at, e.path, String.valueOf(e.getMessage()), null);
            return null;
        }
    }

    private @Nullable Node document() throws IOException {
        if (parser.nextToken() == null) {
            problems.error(Location.WHOLE_FILE, "", "the configuration is empty", "start with `tierway init`");
            return null;
        }
        Node node = value("", 0);
        if (parser.nextToken() != null) {
            throw new Refused(here(), "", "a second document begins here; a configuration is one document");
        }
        return node;
    }

    private Node value(String path, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new Refused(here(), path, "nested deeper than " + DEEPEST + " levels");
        }
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            Node target = anchors.get(parser.getText());
            if (target == null) {
                throw new Refused(here(), path, "alias '*" + parser.getText() + "' names no anchor before it");
            }
            return target;
        }
        String anchor = parser instanceof YAMLParser ? (String) parser.getObjectId() : null;
        Node node = switch (parser.currentToken()) {
            case START_OBJECT -> mapping(path, depth);
            case START_ARRAY -> sequence(path, depth);
            case VALUE_STRING -> scalar(path, Written.TEXT);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> scalar(path, Written.NUMBER);
            case VALUE_TRUE, VALUE_FALSE -> scalar(path, Written.BOOLEAN);
            case VALUE_NULL, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT, FIELD_NAME, END_ARRAY, END_OBJECT ->
                scalar(path, Written.NOTHING);
        };
        if (anchor != null) {
            anchors.put(anchor, node);
        }
        return node;
    }

    private Node mapping(String path, int depth) throws IOException {
        Location at = here();
        Map<String, Node> values = new LinkedHashMap<>();
        Map<String, Location> keys = new LinkedHashMap<>();
        int size = 1;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            Location keyAt = here();
            String keyPath = Node.pathOf(path, key);
            parser.nextToken();
            Node value = value(keyPath, depth + 1);
            size = checked(size + value.size(), at, path);
            Location first = keys.putIfAbsent(key, keyAt);
            if (first == null) {
                values.put(key, value);
            } else {
                problems.error(keyAt, keyPath, "'" + key + "' is here twice", "it is already on line " + first.line());
            }
        }
        return new Node.Mapping(at, path, values, keys, size);
    }

    private Node sequence(String path, int depth) throws IOException {
        Location at = here();
        List<Node> items = new ArrayList<>();
        int size = 1;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Node item = value(Node.pathOf(path, items.size()), depth + 1);
            size = checked(size + item.size(), at, path);
            items.add(item);
        }
        return new Node.Sequence(at, path, items, size);
    }

    private Node scalar(String path, Written written) throws IOException {
        Location at = here();
        String raw = parser.getText() == null ? "" : parser.getText();
        if (placeholders == null || written != Written.TEXT || !Placeholders.in(raw)) {
            return new Node.Scalar(at, path, written, raw, raw, false);
        }
        try {
            return new Node.Scalar(at, path, written, raw, placeholders.resolve(raw), true);
        } catch (Unfit e) {
            problems.error(at, path, String.valueOf(e.getMessage()), e.suggestion());
            return new Node.Scalar(at, path, Written.UNRESOLVED, raw, "", true);
        }
    }

    private static int checked(int size, Location at, String path) {
        if (size > MOST_VALUES) {
            throw new Refused(at, path, "holds more than " + MOST_VALUES + " values once aliases are expanded");
        }
        return size;
    }

    private Location here() {
        return SyntaxMessage.placeOf(parser.currentTokenLocation());
    }

    /** Parsing can't go on. */
    private static final class Refused extends RuntimeException {
        private final transient Location at;
        private final String path;

        Refused(Location at, String path, String message) {
            super(message);
            this.at = at;
            this.path = path;
        }
    }
}
