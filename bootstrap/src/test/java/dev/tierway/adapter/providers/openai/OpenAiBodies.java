package dev.tierway.adapter.providers.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tierway.application.chat.ChatRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Conversations in OpenAI's words, as other dialects have them too: who speaks in which order, and what results answer. */
public final class OpenAiBodies {
    private static final ObjectMapper JSON = new ObjectMapper();

    private OpenAiBodies() {}

    /** A neutral request in OpenAI's words. */
    public static JsonNode written(ChatRequest request) throws IOException {
        return JSON.readTree(new ChatRequestEncoder(OpenAiDialect.OPENAI, true).encode(request, "m", false));
    }

    /** JSON with single quotes; {@code \'} is a quote within a text. */
    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace("\\'", "\\\"").replace('\'', '"'));
        } catch (IOException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /**
     * Whole bodies.
     *
     * @param userParts what a user may say, besides text
     * @param parameters members of the body, of which each appears at most once
     */
    public static Arbitrary<byte[]> bodies(List<String> userParts, List<String> parameters) {
        Arbitrary<String> words = Arbitraries.strings()
                .withChars("ab €ü\"\\\n:{}")
                .ofMinLength(1)
                .ofMaxLength(8)
                .map(text -> "x" + text + "😀");
        Arbitrary<JsonNode> text =
                words.map(said -> JSON.createObjectNode().put("type", "text").put("text", said));
        Arbitrary<JsonNode> other = userParts.isEmpty()
                ? text
                : Arbitraries.oneOf(text, Arbitraries.of(userParts).map(OpenAiBodies::json));
        Arbitrary<Round> round = Combinators.combine(
                        other.list().ofMinSize(1).ofMaxSize(3),
                        words,
                        Arbitraries.integers().between(0, 2),
                        words)
                .as(Round::new);
        return Combinators.combine(
                        words.injectNull(0.3),
                        round.list().ofMinSize(1).ofMaxSize(3),
                        Arbitraries.of(parameters).set().ofMaxSize(8))
                .as((system, rounds, members) -> body(system, rounds, List.copyOf(members)));
    }

    private record Round(List<JsonNode> user, String answer, int calls, String result) {}

    private static byte[] body(String system, List<Round> rounds, List<String> members) {
        ObjectNode body = JSON.createObjectNode().put("model", "m").put("max_completion_tokens", 77);
        ArrayNode messages = body.putArray("messages");
        if (system != null) {
            messages.addObject().put("role", "system").put("content", system);
        }
        int files = 0;
        int calls = 0;
        for (Round round : rounds) {
            ArrayNode content = messages.addObject().put("role", "user").putArray("content");
            for (JsonNode part : round.user) {
                ObjectNode own = part.deepCopy();
                if (own.get("file") instanceof ObjectNode file) {
                    file.put("filename", "doc-" + files++);
                }
                content.add(own);
            }
            ObjectNode answer = messages.addObject().put("role", "assistant").put("content", round.answer);
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < round.calls; i++) {
                String id = "call_" + calls++;
                ids.add(id);
                ObjectNode call = answer.withArray("tool_calls").addObject();
                call.put("id", id).put("type", "function");
                call.putObject("function").put("name", "f").put("arguments", "{\"x\":\"" + id + "\",\"n\":0.5}");
            }
            for (String id : ids) {
                messages.addObject().put("role", "tool").put("tool_call_id", id).put("content", round.result);
            }
        }
        messages.addObject().put("role", "user").put("content", "go on");
        Map<String, JsonNode> chosen = new LinkedHashMap<>();
        for (String member : members) {
            json("{" + member + "}").properties().forEach(one -> chosen.putIfAbsent(one.getKey(), one.getValue()));
        }
        body.setAll(chosen);
        if (body.path("tool_choice").asText("").equals("none")) {
            body.remove("parallel_tool_calls"); // says nothing where nothing is called
        } else if (body.has("parallel_tool_calls") && !body.has("tool_choice")) {
            body.put("tool_choice", "auto"); // what is meant if nothing is said
        }
        if (!body.has("tools") && (calls > 0 || body.has("tool_choice") || body.has("parallel_tool_calls"))) {
            body.set("tools", json("[{'type':'function','function':{'name':'f','parameters':{'type':'object'}}}]"));
        }
        return body.toString().getBytes(UTF_8);
    }
}
