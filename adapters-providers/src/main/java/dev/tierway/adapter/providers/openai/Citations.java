package dev.tierway.adapter.providers.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.application.chat.Part;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads where an answer's text comes from. Annotations of other kinds have nothing to cite. */
final class Citations {
    private Citations() {}

    static void add(JsonNode annotations, Consumer<Part.Citation> to) {
        for (JsonNode annotation : annotations) {
            JsonNode cited = annotation.path("url_citation");
            if (cited.isObject()) {
                to.accept(new Part.Citation(
                        text(cited.path("url")),
                        text(cited.path("title")),
                        text(cited.path("quote")),
                        index(cited.path("start_index")),
                        index(cited.path("end_index"))));
            }
        }
    }

    private static @Nullable String text(JsonNode value) {
        return value.isTextual() && !value.textValue().isEmpty() ? value.textValue() : null;
    }

    private static @Nullable Integer index(JsonNode value) {
        return value.canConvertToInt() && value.isIntegralNumber() ? value.intValue() : null;
    }
}
