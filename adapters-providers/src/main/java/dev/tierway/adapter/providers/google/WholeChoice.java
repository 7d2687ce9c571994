package dev.tierway.adapter.providers.google;

import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.TokenLogProb;
import dev.tierway.application.chat.ToolCall;
import java.util.ArrayList;
import java.util.List;

/** Joins the pieces of one choice into the whole. */
final class WholeChoice {
    private final List<Part> parts = new ArrayList<>();
    private final List<ToolCall> calls = new ArrayList<>();
    private final List<TokenLogProb> logProbs = new ArrayList<>();
    private FinishReason finish = FinishReason.OTHER;

    private WholeChoice() {}

    static ChatResponse.Choice of(List<ChatEvent> pieces) {
        WholeChoice whole = new WholeChoice();
        pieces.forEach(whole::add);
        return new ChatResponse.Choice(
                new ChatMessage(Role.ASSISTANT, whole.parts, null, whole.calls, null),
                whole.finish,
                null,
                whole.logProbs);
    }

    private void add(ChatEvent piece) {
        switch (piece) {
            case ChatEvent.TextDelta(int choice, String text) -> text(text);
            case ChatEvent.ReasoningDelta thought -> thought(thought);
            case ChatEvent.SealedReasoning(int choice, String data, String vendor) ->
                parts.add(new Part.SealedReasoning(data, vendor));
            case ChatEvent.Cited(int choice, Part.Citation citation) -> parts.add(citation);
            case ChatEvent.LogProbs(int choice, List<TokenLogProb> tokens) -> logProbs.addAll(tokens);
            case ChatEvent.ToolCallDelta call ->
                calls.add(new ToolCall(
                        String.valueOf(call.id()), String.valueOf(call.name()), new JsonText(call.arguments())));
            case ChatEvent.Finished finished -> finish = finished.reason();
            case ChatEvent.RefusalDelta refusal -> parts.add(new Part.Refusal(refusal.text()));
            case ChatEvent.Begin begin -> {}
            case ChatEvent.Usage usage -> {}
        }
    }

    private void text(String text) {
        if (!parts.isEmpty() && parts.getLast() instanceof Part.Text(String before)) {
            parts.set(parts.size() - 1, new Part.Text(before + text));
        } else {
            parts.add(new Part.Text(text));
        }
    }

    /** A signature ends the thought it stands on. */
    private void thought(ChatEvent.ReasoningDelta more) {
        if (!parts.isEmpty()
                && parts.getLast() instanceof Part.Reasoning(String before, var signature, var vendor)
                && signature == null) {
            parts.set(parts.size() - 1, new Part.Reasoning(before + more.text(), more.signature(), more.vendor()));
        } else {
            parts.add(new Part.Reasoning(more.text(), more.signature(), more.vendor()));
        }
    }
}
