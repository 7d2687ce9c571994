package dev.tierway.adapter.http.openai;

import dev.tierway.adapter.http.wire.JsonMember;
import dev.tierway.application.chat.Part;
import org.jspecify.annotations.Nullable;

/** Anthropic's mark for the end of what should be cached, which other gateways take in OpenAI's messages too. */
final class CacheControl {
    static final String MEMBER = "cache_control";

    private CacheControl() {}

    /** @param marked a message, a part or a tool; null if it isn't marked */
    static Part.@Nullable CachePoint of(JsonMember marked) {
        JsonMember mark = marked.get(MEMBER);
        return mark.absent() ? null : new Part.CachePoint(mark.get("ttl").optionalText());
    }
}
