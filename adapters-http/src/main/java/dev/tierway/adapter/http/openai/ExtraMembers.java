package dev.tierway.adapter.http.openai;

import dev.tierway.adapter.http.wire.JsonMember;
import dev.tierway.application.chat.Extra;
import dev.tierway.application.chat.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Members of a body that neutral types have no place for. */
final class ExtraMembers {
    static final String DIALECT = "openai";

    private static final Set<String> PLACED = Set.of(
            "model",
            "messages",
            "tierway",
            "stream",
            "stream_options",
            "tools",
            "functions",
            "tool_choice",
            "parallel_tool_calls",
            "response_format",
            "temperature",
            "top_p",
            "top_k",
            "frequency_penalty",
            "presence_penalty",
            "seed",
            "stop",
            "max_tokens",
            "max_completion_tokens",
            "n",
            "reasoning_effort",
            "user",
            "logprobs",
            "top_logprobs",
            "metadata",
            "service_tier");

    private ExtraMembers() {}

    static Extra of(JsonMember root) {
        Map<String, JsonText> members = new LinkedHashMap<>();
        root.node().fieldNames().forEachRemaining(name -> {
            JsonMember member = root.get(name);
            if (!PLACED.contains(name) && !member.absent() && !(name.equals("modalities") && textAlone(member))) {
                members.put(name, new JsonText(member.node().toString()));
            }
        });
        return members.isEmpty() ? Extra.NONE : new Extra(DIALECT, members);
    }

    /** An answer in text is what one gets without asking. */
    private static boolean textAlone(JsonMember modalities) {
        return modalities.elements().stream()
                .allMatch(member -> member.isText() && member.text().equals("text"));
    }
}
