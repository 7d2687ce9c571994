package dev.tierway.adapter.http.options;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.adapter.http.server.HttpProblem;
import dev.tierway.adapter.http.server.Suggestion;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.port.in.CallOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the per-call options: the body's {@code tierway} object, and headers of the same names. */
public final class CallOptionsReader {
    static final String HEADER_PREFIX = "x-tierway-";

    /** In the body only: any JSON, of a size that headers don't take. */
    private static final String STATE = "state";

    private static final Map<String, CallOption<?>> BY_NAME = byName();

    private final Map<String, List<OptionValue>> given = new LinkedHashMap<>();
    private @Nullable JsonText state;

    private static Map<String, CallOption<?>> byName() {
        Map<String, CallOption<?>> all = new HashMap<>();
        CallOption.ALL.forEach(option -> all.put(option.name(), option));
        return all;
    }

    /** Every option's name, as a member of the {@code tierway} object. */
    public static Set<String> names() {
        Set<String> names = new TreeSet<>(BY_NAME.keySet());
        names.add(STATE);
        return names;
    }

    /** Takes a request's header, whatever it is. */
    public void header(String name, String value) {
        if (!name.regionMatches(true, 0, HEADER_PREFIX, 0, HEADER_PREFIX.length())) {
            return;
        }
        String header = name.toLowerCase(Locale.ROOT);
        String option = header.substring(HEADER_PREFIX.length()).replace('-', '_');
        if (option.equals(STATE)) {
            throw HttpProblem.invalid("'state' can't be a header; give it in the body's 'tierway' object.", header);
        }
        if (!BY_NAME.containsKey(option)) {
            throw unknown(
                    header,
                    closest(option)
                            .map(o -> HEADER_PREFIX + o.replace('_', '-'))
                            .orElse(null));
        }
        add(option, new OptionValue.Header(header, value));
    }

    /** Takes the body's {@code tierway} object. A null value leaves an option out. */
    public void body(JsonNode tierway) {
        for (Map.Entry<String, JsonNode> member : tierway.properties()) {
            String name = member.getKey();
            if (name.equals(STATE)) {
                state = new JsonText(member.getValue().toString());
                continue;
            }
            if (!BY_NAME.containsKey(name)) {
                throw unknown(
                        "tierway." + name,
                        closest(name).map(o -> "tierway." + o).orElse(null));
            }
            if (!member.getValue().isNull()) {
                add(name, new OptionValue.Member("tierway." + name, member.getValue()));
            }
        }
    }

    /** What the options taken come to; starts from defaults that other parts of the request gave. */
    public CallOptions read(CallOptions.Builder options) {
        for (Map.Entry<String, List<OptionValue>> option : given.entrySet()) {
            CallOption<?> known = BY_NAME.get(option.getKey());
            if (known != null) {
                known.apply(options, option.getValue());
            }
        }
        if (state != null) {
            options.state(state);
        }
        return options.build();
    }

    private void add(String option, OptionValue value) {
        given.computeIfAbsent(option, k -> new ArrayList<>(2)).add(value);
    }

    private static java.util.Optional<String> closest(String name) {
        return Suggestion.closest(name, names());
    }

    private static HttpProblem unknown(String where, @Nullable String suggestion) {
        String hint = suggestion == null
                ? " Known are " + String.join(", ", names()) + "."
                : " Did you mean '" + suggestion + "'?";
        String shown = where.length() > 64 ? where.substring(0, 64) + "…" : where;
        return new HttpProblem(400, "unknown_option", "There is no option '" + shown + "'." + hint, shown);
    }
}
