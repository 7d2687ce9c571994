package dev.tierway.application.chat;

import dev.tierway.domain.money.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts the first choice of a streamed answer together to the whole it would have been. For one thread. */
public final class ReplyAssembler {
    private final List<Part> parts = new ArrayList<>();
    private final Map<Integer, PartialCall> calls = new TreeMap<>();
    private final List<TokenLogProb> logProbs = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder refusal = new StringBuilder();
    private final StringBuilder thought = new StringBuilder();
    private String id = "";
    private String model = "";
    private long createdEpochSeconds;
    private FinishReason reason = FinishReason.OTHER;
    private @Nullable String stopSequence;
    private @Nullable TokenUsage usage;

    private static final class PartialCall {
        private String id = "";
        private String name = "";
        private final StringBuilder arguments = new StringBuilder();
    }

    /** Takes the next piece. */
    public void add(ChatEvent event) {
        switch (event) {
            case ChatEvent.Begin(String itsId, String itsModel, long created) -> {
                id = itsId;
                model = itsModel;
                createdEpochSeconds = created;
            }
            case ChatEvent.TextDelta(int choice, String more)
            when choice == 0 -> {
                closeThought(null, null);
                text.append(more);
            }
            case ChatEvent.RefusalDelta(int choice, String more) when choice == 0 -> refusal.append(more);
            case ChatEvent.ReasoningDelta(int choice, String more, String signature, String vendor)
            when choice == 0 -> {
                closeText();
                thought.append(more);
                if (signature != null) {
                    closeThought(signature, vendor);
                }
            }
            case ChatEvent.SealedReasoning(int choice, String data, String vendor)
            when choice == 0 -> {
                closeText();
                closeThought(null, null);
                parts.add(new Part.SealedReasoning(data, vendor));
            }
            case ChatEvent.Cited(int choice, Part.Citation citation)
            when choice == 0 -> {
                closeText();
                parts.add(citation);
            }
            case ChatEvent.LogProbs(int choice, List<TokenLogProb> tokens) when choice == 0 -> logProbs.addAll(tokens);
            case ChatEvent.ToolCallDelta delta when delta.choice() == 0 -> call(delta);
            case ChatEvent.Finished(int choice, FinishReason why, String sequence)
            when choice == 0 -> {
                reason = why;
                stopSequence = sequence;
            }
            case ChatEvent.Usage(TokenUsage counted) -> usage = counted;
            default -> {
                // A piece of another choice.
            }
        }
    }

    private void call(ChatEvent.ToolCallDelta delta) {
        PartialCall call = calls.computeIfAbsent(delta.index(), index -> new PartialCall());
        call.id = delta.id() == null ? call.id : delta.id();
        call.name = delta.name() == null ? call.name : delta.name();
        call.arguments.append(delta.arguments());
    }

    private void closeText() {
        if (!text.isEmpty()) {
            parts.add(new Part.Text(text.toString()));
            text.setLength(0);
        }
    }

    private void closeThought(@Nullable String signature, @Nullable String vendor) {
        if (!thought.isEmpty() || signature != null) {
            parts.add(new Part.Reasoning(thought.toString(), signature, vendor));
            thought.setLength(0);
        }
    }

    /** @param counted what the call used, whether or not the stream told it */
    public ChatResponse whole(TokenUsage counted) {
        closeThought(null, null);
        closeText();
        List<Part> all = new ArrayList<>(parts);
        if (!refusal.isEmpty()) {
            all.add(new Part.Refusal(refusal.toString()));
        }
        List<ToolCall> toolCalls = new ArrayList<>();
        calls.values()
                .forEach(call ->
                        toolCalls.add(new ToolCall(call.id, call.name, new JsonText(call.arguments.toString()))));
        ChatMessage message = new ChatMessage(Role.ASSISTANT, all, null, toolCalls, null);
        return new ChatResponse(
                id,
                model,
                createdEpochSeconds,
                List.of(new ChatResponse.Choice(message, reason, stopSequence, logProbs)),
                usage == null ? counted : usage);
    }
}
