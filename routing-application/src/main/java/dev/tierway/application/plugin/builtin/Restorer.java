package dev.tierway.application.plugin.builtin;

import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.port.out.ReplyEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts back into a streamed answer what was taken out of its request. A placeholder may be cut across events: what could be
 * the beginning of one waits for the next event of the same kind, at the latest for the end of its text.
 */
final class Restorer {
    private final Placeholders placeholders;
    private final Map<Channel, String> held = new LinkedHashMap<>();

    /** Texts that go on independently of each other. */
    private record Channel(Kind kind, int choice, int index) {
        private enum Kind {
            TEXT,
            REFUSAL,
            REASONING,
            ARGUMENTS
        }
    }

    Restorer(Placeholders placeholders) {
        this.placeholders = placeholders;
    }

    List<ReplyEvent> pass(ChatEvent event) {
        List<ReplyEvent> out = new ArrayList<>(2);
        switch (event) {
            case ChatEvent.TextDelta(int choice, String text) -> {
                flushOthers(new Channel(Channel.Kind.TEXT, choice, 0), out);
                take(new Channel(Channel.Kind.TEXT, choice, 0), text, out);
            }
            case ChatEvent.RefusalDelta(int choice, String text) -> {
                flushOthers(new Channel(Channel.Kind.REFUSAL, choice, 0), out);
                take(new Channel(Channel.Kind.REFUSAL, choice, 0), text, out);
            }
            case ChatEvent.ReasoningDelta(int choice, String text, String signature, String vendor)
            when signature == null -> {
                flushOthers(new Channel(Channel.Kind.REASONING, choice, 0), out);
                take(new Channel(Channel.Kind.REASONING, choice, 0), text, out);
            }
            case ChatEvent.ToolCallDelta(int choice, int index, String id, String name, String arguments) -> {
                Channel channel = new Channel(Channel.Kind.ARGUMENTS, choice, index);
                flushOthers(channel, out);
                if (id != null || name != null) {
                    out.add(new ReplyEvent.Piece(new ChatEvent.ToolCallDelta(choice, index, id, name, "")));
                }
                take(channel, arguments, out);
            }
            case ChatEvent.LogProbs probabilities -> out.add(new ReplyEvent.Piece(event));
            case ChatEvent.ReasoningDelta signed -> flushedBefore(signed, out);
            case ChatEvent.Begin begin -> flushedBefore(begin, out);
            case ChatEvent.SealedReasoning sealed -> flushedBefore(sealed, out);
            case ChatEvent.Cited cited -> flushedBefore(cited, out);
            case ChatEvent.Finished finished -> flushedBefore(finished, out);
            case ChatEvent.Usage usage -> flushedBefore(usage, out);
        }
        return out;
    }

    private void take(Channel channel, String text, List<ReplyEvent> out) {
        String all = held.getOrDefault(channel, "") + text;
        int end = placeholders.openEnd(all);
        held.remove(channel);
        if (end < all.length()) {
            held.put(channel, all.substring(end));
        }
        say(channel, all.substring(0, end), out);
    }

    private void say(Channel channel, String text, List<ReplyEvent> out) {
        if (!text.isEmpty()) {
            out.add(new ReplyEvent.Piece(event(channel, text)));
        }
    }

    private ChatEvent event(Channel channel, String text) {
        int choice = channel.choice();
        String restored = placeholders.restored(text, channel.kind() == Channel.Kind.ARGUMENTS);
        return switch (channel.kind()) {
            case TEXT -> new ChatEvent.TextDelta(choice, restored);
            case REFUSAL -> new ChatEvent.RefusalDelta(choice, restored);
            case REASONING -> new ChatEvent.ReasoningDelta(choice, restored, null, null);
            case ARGUMENTS -> new ChatEvent.ToolCallDelta(choice, channel.index(), null, null, restored);
        };
    }

    private void flushedBefore(ChatEvent event, List<ReplyEvent> out) {
        flushOthers(null, out);
        out.add(new ReplyEvent.Piece(event));
    }

    /** What waits in vain: of the same choice something else has begun. */
    private void flushOthers(@Nullable Channel but, List<ReplyEvent> out) {
        for (Channel channel : List.copyOf(held.keySet())) {
            boolean done = but == null || (channel.choice() == but.choice() && !channel.equals(but));
            if ((done && channel.kind() != Channel.Kind.ARGUMENTS) || but == null) {
                say(channel, held.getOrDefault(channel, ""), out);
                held.remove(channel);
            }
        }
    }
}
