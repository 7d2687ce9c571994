package dev.tierway.adapter.http.responses;

import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.TokenLogProb;
import dev.tierway.application.chat.ToolCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The items of an output: reasoning, then the message, then calls of tools. */
final class OutputItems {
    private OutputItems() {}

    /** @param response its id, which makes the items' ids */
    static List<Object> of(ChatResponse.Choice choice, String response) {
        List<Object> items = new ArrayList<>();
        List<Object> contents = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        List<Object> annotations = new ArrayList<>();
        for (Part part : choice.message().parts()) {
            switch (part) {
                case Part.Reasoning(String thought, String signature, String vendor) ->
                    items.add(reasoning(
                            response + "_" + items.size(),
                            thought,
                            signature == null ? null : EncryptedContent.ofSignature(signature, vendor)));
                case Part.SealedReasoning(String data, String vendor) ->
                    items.add(reasoning(response + "_" + items.size(), "", EncryptedContent.ofSealed(data, vendor)));
                case Part.Text(String piece) -> text.append(piece);
                case Part.Citation citation -> annotations.add(annotation(citation, text.length()));
                case Part.Refusal(String refusal) -> contents.add(refusal(refusal));
                default -> {}
            }
        }
        if (!text.isEmpty()
                || (contents.isEmpty() && choice.message().toolCalls().isEmpty())) {
            contents.addFirst(text(text.toString(), annotations, choice.logProbs()));
        }
        if (!contents.isEmpty()) {
            items.add(message("msg_" + response, "completed", contents));
        }
        for (ToolCall call : choice.message().toolCalls()) {
            items.add(call(
                    "fc_" + response + "_" + items.size(),
                    call.id(),
                    call.name(),
                    call.arguments().json(),
                    "completed"));
        }
        return items;
    }

    static Map<String, Object> reasoning(String id, String text, @Nullable String encrypted) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", "rs_" + id);
        json.put("type", "reasoning");
        json.put("summary", text.isEmpty() ? List.of() : List.of(Map.of("type", "summary_text", "text", text)));
        if (encrypted != null) {
            json.put("encrypted_content", encrypted);
        }
        return json;
    }

    static Map<String, Object> message(String id, String status, List<Object> contents) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("type", "message");
        json.put("status", status);
        json.put("role", "assistant");
        json.put("content", contents);
        return json;
    }

    static Map<String, Object> text(String text, List<Object> annotations, List<TokenLogProb> tokens) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", "output_text");
        json.put("text", text);
        json.put("annotations", annotations);
        json.put("logprobs", tokens.stream().map(OutputItems::logProb).toList());
        return json;
    }

    static Map<String, Object> logProb(TokenLogProb token) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("token", token.token());
        json.put("logprob", token.logProb());
        json.put("bytes", List.of());
        json.put(
                "top_logprobs",
                token.top().stream()
                        .map(other -> Map.of("token", other.token(), "logprob", other.logProb(), "bytes", List.of()))
                        .toList());
        return json;
    }

    static Map<String, Object> refusal(String text) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", "refusal");
        json.put("refusal", text);
        return json;
    }

    /** @param textLength of the text before it, where it belongs if it doesn't say */
    static Map<String, Object> annotation(Part.Citation citation, int textLength) {
        Integer start = citation.start();
        Integer end = citation.end();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", "url_citation");
        json.put("url", citation.url() == null ? "" : citation.url());
        json.put("title", citation.title() == null ? "" : citation.title());
        json.put("start_index", start == null ? textLength : start);
        json.put("end_index", end == null ? textLength : end);
        return json;
    }

    static Map<String, Object> call(String id, String callId, String name, String arguments, String status) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("type", "function_call");
        json.put("status", status);
        json.put("call_id", callId);
        json.put("name", name);
        json.put("arguments", arguments);
        return json;
    }
}
