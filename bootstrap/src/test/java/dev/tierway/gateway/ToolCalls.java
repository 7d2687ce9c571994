package dev.tierway.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** Tool calls as an OpenAI client puts them together that takes each id for a call of its own. */
final class ToolCalls {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ToolCalls() {}

    /** Each as {@code name(arguments)}, in order, of an answer or a stream. */
    static List<String> in(String body) throws Exception {
        List<String> names = new ArrayList<>();
        List<String> arguments = new ArrayList<>();
        for (String line : body.lines().toList()) {
            String json = line.startsWith("data: ") ? line.substring(6) : line;
            if (json.startsWith("{")) {
                JsonNode choice = JSON.readTree(json).at("/choices/0");
                for (JsonNode call :
                        choice.path(choice.has("delta") ? "delta" : "message").path("tool_calls")) {
                    if (call.hasNonNull("id")) {
                        names.add("");
                        arguments.add("");
                    }
                    append(names, call.at("/function/name").asText(""));
                    append(arguments, call.at("/function/arguments").asText(""));
                }
            }
        }
        List<String> calls = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            calls.add(names.get(i) + "(" + arguments.get(i) + ")");
        }
        return calls;
    }

    private static void append(List<String> texts, String more) {
        texts.set(texts.size() - 1, texts.getLast() + more);
    }
}
