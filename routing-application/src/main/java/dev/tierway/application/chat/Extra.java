package dev.tierway.application.chat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Members of a request that the neutral types have no place for.
 *
 * @param dialect whose members they are: only providers that speak it get them; null: whoever is called, because the
 *     caller says so
 * @param members what goes at the top of the body
 */
public record Extra(@Nullable String dialect, Map<String, JsonText> members) {
    public static final Extra NONE = new Extra(null, Map.of());

    public Extra {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    public boolean isEmpty() {
        return members.isEmpty();
    }

    /** What of it a provider that speaks that dialect gets. */
    public Map<String, JsonText> sentIn(String spoken) {
        return dialect == null || Objects.equals(dialect, spoken) ? members : Map.of();
    }

    /** Whether the answer is to be spoken, in the words of OpenAI: then text alone would be no answer. */
    boolean asksForAudio() {
        JsonText modalities = members.get("modalities");
        return modalities != null && modalities.json().contains("\"audio\"");
    }

    Extra with(String name, JsonText value) {
        Map<String, JsonText> more = new LinkedHashMap<>(members);
        more.put(name, value);
        return new Extra(dialect, more);
    }
}
