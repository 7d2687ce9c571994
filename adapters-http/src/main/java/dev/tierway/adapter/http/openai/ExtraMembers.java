package dev.tierway.adapter.http.openai;

import dev.tierway.adapter.http.wire.JsonMember;
import dev.tierway.application.chat.Extra;
import dev.tierway.application.chat.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Members of a body that neutral types have no place for. */
public final class ExtraMembers {
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

    /** Of a chat's. */
    static Extra of(JsonMember root) {
        return of(root, PLACED, DIALECT);
    }

    /**
     * @param placed members that have a place
     * @param dialect whose members the others are
     */
    public static Extra of(JsonMember root, Set<String> placed, String dialect) {
        Map<String, JsonText> members = new LinkedHashMap<>();
        root.node().fieldNames().forEachRemaining(name -> {
            JsonMember member = root.get(name);
            if (!placed.contains(name) && !member.absent() && !(name.equals("modalities") && textAlone(member))) {
                members.put(name, new JsonText(member.node().toString()));
            }
        });
        return members.isEmpty() ? Extra.NONE : new Extra(dialect, members);
    }

    /** An answer in text is what one gets without asking. */
    private static boolean textAlone(JsonMember modalities) {
        return modalities.elements().stream()
                .allMatch(member -> member.isText() && member.text().equals("text"));
    }
}
