package dev.tierway.application.toolaccess;

import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.application.error.TierwayException;
import dev.tierway.application.error.ToolAccessDeniedException;
import dev.tierway.application.port.in.ReplySink;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.Selection;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes denied tool calls out of an answer, and says so in their place. The answer is paid for: only a whole one, and only if the
 * rules want it, is held back for an exception.
 */
final class GuardedReply implements ReplySink {
    private final ReplySink caller;
    private final ToolAccess access;
    private final Who who;
    private final List<String> notOffered;
    private final Set<String> dropped = new LinkedHashSet<>();
    private final Set<List<Integer>> droppedCalls = new LinkedHashSet<>();
    private final Set<Integer> calling = new LinkedHashSet<>();
    private boolean streamed;

    /** @param notOffered tools that were taken out of the request */
    GuardedReply(ReplySink caller, ToolAccess access, Who who, List<String> notOffered) {
        this.caller = caller;
        this.access = access;
        this.who = who;
        this.notOffered = notOffered;
    }

    @Override
    public void begin(Begun begun) {
        if (notOffered.isEmpty()) {
            caller.begin(begun);
            return;
        }
        List<String> warnings = new ArrayList<>(begun.warnings());
        warnings.add(notOfferedWords());
        caller.begin(begun.with(warnings));
    }

    private String notOfferedWords() {
        return "tools not offered to the model, because they are denied: " + String.join(", ", notOffered);
    }

    @Override
    public void event(ReplyEvent event) {
        switch (event) {
            case ReplyEvent.Whole whole -> caller.event(new ReplyEvent.Whole(checked(whole.response())));
            case ReplyEvent.Piece(ChatEvent piece) -> {
                streamed = true;
                piece(piece);
            }
            case ReplyEvent.Frame frame -> throw new IllegalStateException("a guarded call is asked in neutral types");
        }
    }

    private boolean denied(String tool) {
        boolean denied = access.deniedCall(tool, who) != null;
        if (denied) {
            dropped.add(tool);
        }
        return denied;
    }

    private static String words(String tool) {
        return "[the call of tool " + tool + " was denied]";
    }

    private ChatResponse checked(ChatResponse response) {
        List<ChatResponse.Choice> choices = new ArrayList<>();
        for (ChatResponse.Choice choice : response.choices()) {
            ChatMessage said = choice.message();
            List<Part> parts = new ArrayList<>(said.parts());
            List<ToolCall> calls = new ArrayList<>();
            for (ToolCall call : said.toolCalls()) {
                if (denied(call.name())) {
                    parts.add(new Part.Text(words(call.name())));
                } else {
                    calls.add(call);
                }
            }
            boolean none = calls.isEmpty() && !said.toolCalls().isEmpty();
            choices.add(new ChatResponse.Choice(
                    new ChatMessage(said.role(), parts, said.name(), calls, said.toolCallId(), said.failed()),
                    none ? FinishReason.STOP : choice.finishReason(),
                    choice.stopSequence(),
                    choice.logProbs()));
        }
        return new ChatResponse(
                response.id(), response.model(), response.createdEpochSeconds(), choices, response.usage());
    }

    private void piece(ChatEvent piece) {
        ChatEvent passed = switch (piece) {
            case ChatEvent.ToolCallDelta delta -> {
                List<Integer> place = List.of(delta.choice(), delta.index());
                String name = delta.name();
                if (name != null && denied(name)) {
                    droppedCalls.add(place);
                    yield new ChatEvent.TextDelta(delta.choice(), words(name));
                }
                if (droppedCalls.contains(place)) {
                    // What is due for it is asked for anew: a piece was taken from the caller's demand.
                    yield new ChatEvent.TextDelta(delta.choice(), "");
                }
                calling.add(delta.choice());
                yield piece;
            }
            case ChatEvent.Finished(int choice, FinishReason reason, String sequence) ->
                reason == FinishReason.TOOL_CALLS && !calling.contains(choice)
                        ? new ChatEvent.Finished(choice, FinishReason.STOP, sequence)
                        : piece;
            default -> piece;
        };
        caller.event(new ReplyEvent.Piece(passed));
    }

    @Override
    public void refused(TierwayException why) {
        caller.refused(why);
    }

    @Override
    public void end(Selection selection) {
        boolean fails = !dropped.isEmpty()
                && !streamed
                && access.inForce().called() == ToolRules.WhenCalled.FAIL
                && selection.result() instanceof CallResult.Delivered;
        if (fails) {
            caller.refused(new ToolAccessDeniedException(List.copyOf(dropped), "the model asked for them"));
            return;
        }
        Selection told = notOffered.isEmpty() ? selection : selection.warned(notOfferedWords());
        caller.end(
                dropped.isEmpty()
                        ? told
                        : told.warned("tool calls taken out, because they are denied: " + String.join(", ", dropped)));
    }
}
