package dev.tierway.adapter.providers.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tierway.application.chat.Extra;
import dev.tierway.application.chat.JsonText;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** Writes members that neutral types have no place for at the top of a body, as they are. */
final class ExtraWriter {
    private static final String DIALECT = "openai";

    private ExtraWriter() {}

    /** @throws IllegalArgumentException for one that has a place of its own */
    static void write(JsonGenerator json, Extra extra, Set<String> placed) throws IOException {
        for (Map.Entry<String, JsonText> member : extra.sentIn(DIALECT).entrySet()) {
            if (placed.contains(member.getKey())) {
                throw new IllegalArgumentException(
                        "'" + member.getKey() + "' is given as an extra parameter, but has a place of its own");
            }
            json.writeFieldName(member.getKey());
            json.writeRawValue(member.getValue().json());
        }
    }
}
