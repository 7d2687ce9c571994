package dev.tierway.adapter.providers.simulated;

import dev.tierway.adapter.providers.simulated.SimulatedFault.Effect;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.Embedding;
import dev.tierway.application.chat.EmbeddingResponse;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.NeutralReply;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.domain.money.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reply laid out in time, and what goes wrong with it.
 *
 * @param embeddings what is answered if they were asked; else empty
 * @param beats the events of a stream in order
 * @param effect what the fault comes to
 * @param effectAt before which beat it happens; -1: before the headers
 */
record SimulatedReply(
        SimulatedAsk ask,
        SimulatedAnswer answer,
        List<Embedding> embeddings,
        ScriptBook.Turn turn,
        List<Beat> beats,
        Effect effect,
        int effectAt) {
    /** A time after which every run is, so that replies don't differ between runs. */
    static final long EPOCH_SECONDS = 1_767_225_600;

    /**
     * @param dueNanos from the attempt's start
     * @param tokens of output in it
     */
    record Beat(long dueNanos, ChatEvent event, int tokens) {}

    static SimulatedReply to(SimulatedAsk ask, ScriptBook.Turn turn) {
        SimulatedAnswer answer = SimulatedAnswer.to(ask, turn.script(), turn.request());
        return to(ask, answer, List.of(), turn);
    }

    static SimulatedReply to(EmbeddingAsk ask, String where, ScriptBook.Turn turn) {
        return to(ask.asked(where), ask.answer(), ask.embeddings(turn.script()), turn);
    }

    private static SimulatedReply to(
            SimulatedAsk ask, SimulatedAnswer answer, List<Embedding> embeddings, ScriptBook.Turn turn) {
        ScriptedFault fault = turn.fault();
        Effect effect = fault == null ? Effect.NONE : fault.fault().effect();
        List<Beat> beats = beats(ask, answer, turn, effect != Effect.NO_USAGE);
        int at = fault == null ? beats.size() : at(fault.stage(), effect, beats.size());
        return new SimulatedReply(ask, answer, embeddings, turn, beats, effect, at);
    }

    private static int at(Stage stage, Effect effect, int beats) {
        Stage possible = switch (effect) {
            case REFUSE -> Stage.BEFORE_HEADERS;
            case ENDLESS -> Stage.MID_STREAM;
            case CUT, SILENCE, NONSENSE, NO_USAGE, NONE -> stage;
        };
        return switch (possible) {
            case BEFORE_HEADERS -> -1;
            case BEFORE_FIRST_TOKEN -> 1;
            case MID_STREAM -> beats / 2;
        };
    }

    /** Whether it ends otherwise than in order. */
    boolean fails() {
        return effect != Effect.NONE && effect != Effect.NO_USAGE;
    }

    /** When a unary reply is complete, from the attempt's start. */
    long wholeDueNanos() {
        SimulatedScript script = turn.script();
        return script.firstToken().toNanos()
                + script.perToken().toNanos() * answer.pieces().size();
    }

    /** @param inputEstimate for a reply that says nothing of its usage */
    TokenUsage usage(long inputEstimate) {
        return effect == Effect.NO_USAGE
                ? TokenUsage.estimated(inputEstimate, answer.usage().output())
                : answer.usage();
    }

    NeutralReply whole(TokenUsage usage) {
        return embeddings.isEmpty() ? chat(usage) : new EmbeddingResponse(ask.model(), embeddings, usage);
    }

    private ChatResponse chat(TokenUsage usage) {
        String tool = answer.tool();
        ChatMessage message = tool == null
                ? ChatMessage.assistant(answer.text())
                : ChatMessage.assistant(List.of(new ToolCall(answer.toolCallId(), tool, arguments())));
        List<ChatResponse.Choice> choices = new ArrayList<>();
        for (int i = 0; i < ask.choices(); i++) {
            choices.add(new ChatResponse.Choice(message, finish(answer)));
        }
        return new ChatResponse(id(turn), ask.model(), EPOCH_SECONDS, choices, usage);
    }

    private JsonText arguments() {
        // Arguments that the cap on tokens cut are no JSON any more: kept as a JSON string, as a codec would.
        return new JsonText(
                answer.truncated()
                        ? "\"" + answer.text().replace("\\", "\\\\").replace("\"", "\\\"") + "\""
                        : answer.text());
    }

    private static List<Beat> beats(
            SimulatedAsk ask, SimulatedAnswer answer, ScriptBook.Turn turn, boolean reportsUsage) {
        long first = turn.script().firstToken().toNanos();
        long each = turn.script().perToken().toNanos();
        List<Beat> beats = new ArrayList<>();
        beats.add(new Beat(0, new ChatEvent.Begin(id(turn), ask.model(), EPOCH_SECONDS), 0));
        for (int i = 0; i < answer.pieces().size(); i++) {
            for (int choice = 0; choice < ask.choices(); choice++) {
                beats.add(new Beat(first + each * i, piece(answer, i, choice), 1));
            }
        }
        long last = first + each * (answer.pieces().size() - 1);
        for (int choice = 0; choice < ask.choices(); choice++) {
            beats.add(new Beat(last, new ChatEvent.Finished(choice, finish(answer)), 0));
        }
        if (reportsUsage) {
            beats.add(new Beat(last, new ChatEvent.Usage(answer.usage()), 0));
        }
        return beats;
    }

    private static ChatEvent piece(SimulatedAnswer answer, int i, int choice) {
        String text = answer.pieces().get(i);
        @Nullable String tool = answer.tool();
        if (tool == null) {
            return new ChatEvent.TextDelta(choice, text);
        }
        boolean first = i == 0;
        return new ChatEvent.ToolCallDelta(choice, 0, first ? answer.toolCallId() : null, first ? tool : null, text);
    }

    private static FinishReason finish(SimulatedAnswer answer) {
        if (answer.truncated()) {
            return FinishReason.LENGTH;
        }
        return answer.tool() == null ? FinishReason.STOP : FinishReason.TOOL_CALLS;
    }

    private static String id(ScriptBook.Turn turn) {
        return "chatcmpl-sim-" + turn.request();
    }
}
