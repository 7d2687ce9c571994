package dev.tierway.adapter.http.responses;

import dev.tierway.adapter.http.server.ErrorReply;
import dev.tierway.adapter.http.wire.DecisionMember;
import dev.tierway.adapter.http.wire.ObjectSplice;
import dev.tierway.adapter.http.wire.ReplyStream;
import dev.tierway.adapter.http.wire.ScannedRequest;
import dev.tierway.adapter.http.wire.ServerSentEvents;
import dev.tierway.adapter.http.wire.Told;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.port.in.ReplySink.Begun;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.money.TokenUsage;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A streamed response: the vendor's own events as they are, or events made of neutral types. */
final class ResponseStream implements ReplyStream {
    private static final byte[] ENDING = "event: response.".getBytes(StandardCharsets.US_ASCII);

    private final ScannedRequest asked;
    private final Told told;
    private final Consumer<byte[]> out;
    private final ResponseEvents events;
    private long createdEpochSeconds;
    private String id = "";
    private String model = "";
    private @Nullable Begun begun;
    private @Nullable StreamedOutput output;
    private FinishReason reason = FinishReason.STOP;
    private boolean headersWereEarly;
    private byte @Nullable [] held;

    ResponseStream(ScannedRequest asked, Told told, long nowEpochSeconds, Consumer<byte[]> out) {
        this.asked = asked;
        this.told = told;
        this.createdEpochSeconds = nowEpochSeconds;
        this.out = out;
        this.events = new ResponseEvents(out);
    }

    @Override
    public void begin(Begun newBegun, boolean early) {
        begun = newBegun;
        headersWereEarly = early;
        id = "resp_" + newBegun.callId();
        model = newBegun.modelName();
    }

    @Override
    public void event(ReplyEvent event) {
        switch (event) {
            case ReplyEvent.Frame frame -> pass(frame.bytes());
            case ReplyEvent.Piece piece -> piece(piece.event());
            case ReplyEvent.Whole whole -> throw new IllegalStateException("a whole reply in a stream");
        }
    }

    /** The last event waits for what only the end knows, if that is wanted. */
    private void pass(byte[] frame) {
        release();
        if (wanted() && ends(frame)) {
            held = frame;
        } else {
            out.accept(frame);
        }
    }

    private static boolean ends(byte[] frame) {
        String head = new String(frame, 0, Math.min(frame.length, ENDING.length + 16), StandardCharsets.US_ASCII);
        return head.startsWith("event: response.completed") || head.startsWith("event: response.incomplete");
    }

    private void piece(ChatEvent event) {
        if (event instanceof ChatEvent.Begin named) {
            model = named.model();
            createdEpochSeconds = named.createdEpochSeconds();
        } else if (event instanceof ChatEvent.Finished(int choice, FinishReason why, var sequence) && choice == 0) {
            reason = why;
        }
        output().add(event);
    }

    private StreamedOutput output() {
        StreamedOutput open = output;
        if (open == null) {
            open = new StreamedOutput(events, id);
            output = open;
            events.send("response.created", response("in_progress", null, List.of(), null));
            events.send("response.in_progress", response("in_progress", null, List.of(), null));
        }
        return open;
    }

    private Map<String, Object> response(
            String status, @Nullable String incomplete, List<Object> items, @Nullable TokenUsage usage) {
        ResponseJson json = new ResponseJson(asked.payload().chat());
        return Map.of("response", json.object(id, model, createdEpochSeconds, status, incomplete, items, usage));
    }

    @Override
    public void finish(CallResult.Answer delivered, Selection selection) {
        byte[] last = held;
        held = null;
        if (output != null) {
            List<Object> items = output.close();
            String incomplete = ResponseJson.incomplete(reason);
            last = events.event(
                    incomplete == null ? "response.completed" : "response.incomplete",
                    response(ResponseJson.status(reason), incomplete, items, delivered.usage()));
        }
        if (last != null) {
            out.accept(wanted() ? spliced(last, delivered, selection) : last);
        }
    }

    private byte[] spliced(byte[] last, CallResult.Answer delivered, Selection selection) {
        byte[] member = DecisionMember.of(delivered, selection, headersWereEarly ? begun : null, told);
        return ObjectSplice.append(last, "tierway", member);
    }

    private boolean wanted() {
        return told.selection() || headersWereEarly;
    }

    private void release() {
        if (held != null) {
            out.accept(held);
            held = null;
        }
    }

    @Override
    public byte[] broken(ErrorReply error, String requestId) {
        release();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", error.code());
        json.put("message", error.message());
        json.put("param", error.param());
        json.put("decision", error.decision());
        return events.event("error", json);
    }

    @Override
    public byte[] keepAlive() {
        return ServerSentEvents.keepAlive();
    }
}
