package dev.tierway.adapter.http.openai;

import dev.tierway.application.chat.ChatEvent;
import dev.tierway.domain.money.TokenUsage;
import org.jspecify.annotations.Nullable;

/** Writes a streamed reply in neutral types, one server-sent event each. */
interface EventEncoder {
    byte[] encode(ChatEvent event);

    /** A chunk without choices: usage, or nothing but what will be spliced into it. */
    byte[] tail(@Nullable TokenUsage usage);
}
