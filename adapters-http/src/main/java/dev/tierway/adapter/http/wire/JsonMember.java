package dev.tierway.adapter.http.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.error.TierwayException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value in a body with the path that leads to it, so that whatever is wrong with it can be named.
 *
 * @param node may be missing or null, which count as the same
 */
public record JsonMember(JsonNode node, String path) {
    public JsonMember get(String name) {
        return new JsonMember(node.path(name), path.isEmpty() ? name : path + "." + name);
    }

    public boolean absent() {
        return node.isMissingNode() || node.isNull();
    }

    public boolean isText() {
        return node.isTextual();
    }

    public String text() {
        if (!node.isTextual()) {
            throw invalid("must be a string");
        }
        return node.textValue();
    }

    public @Nullable String optionalText() {
        return absent() ? null : text();
    }

    public @Nullable Double optionalNumber() {
        if (absent()) {
            return null;
        }
        if (!node.isNumber()) {
            throw invalid("must be a number");
        }
        return node.doubleValue();
    }

    public @Nullable Long optionalWholeNumber() {
        if (absent()) {
            return null;
        }
        if (!node.canConvertToLong() || !node.isIntegralNumber()) {
            throw invalid("must be a whole number");
        }
        return node.longValue();
    }

    public @Nullable Boolean optionalFlag() {
        if (absent()) {
            return null;
        }
        if (!node.isBoolean()) {
            throw invalid("must be true or false");
        }
        return node.booleanValue();
    }

    /** The elements of an array; none if it is absent. */
    public List<JsonMember> elements() {
        if (absent()) {
            return List.of();
        }
        if (!node.isArray()) {
            throw invalid("must be an array");
        }
        List<JsonMember> elements = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            elements.add(new JsonMember(node.get(i), path + "[" + i + "]"));
        }
        return elements;
    }

    /** The members of an object of texts, in order; none if it is absent. */
    public Map<String, String> texts() {
        if (absent()) {
            return Map.of();
        }
        if (!node.isObject()) {
            throw invalid("must be an object of strings");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        node.fieldNames().forEachRemaining(name -> texts.put(name, get(name).text()));
        return texts;
    }

    /** Refuses members other than these: what can't be translated must not be dropped in silence. */
    public void requireOnly(Set<String> known) {
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name) && !get(name).absent()) {
                throw get(name).unsupported("can't be translated for the provider that was chosen");
            }
        });
    }

    public TierwayException invalid(String what) {
        return problem("invalid_request", what);
    }

    public TierwayException unsupported(String what) {
        return problem("unsupported_parameter", what);
    }

    private TierwayException problem(String code, String what) {
        return new InvalidRequestException(TierwayException.Details.of(400, code, "'" + path + "' " + what + "."));
    }
}
