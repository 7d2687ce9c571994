package dev.tierway.adapter.http.anthropic;

import dev.tierway.adapter.http.server.ErrorReply;
import dev.tierway.adapter.http.server.Json;
import dev.tierway.adapter.http.wire.DecisionMember;
import dev.tierway.adapter.http.wire.ObjectSplice;
import dev.tierway.adapter.http.wire.ReplyStream;
import dev.tierway.adapter.http.wire.ServerSentEvents;
import dev.tierway.adapter.http.wire.Told;
import dev.tierway.application.port.in.ReplySink.Begun;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.Selection;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A streamed message. The event that ends it, {@code message_stop}, is held back until the call is over, because cost,
 * attempts and the decision are spliced into it.
 */
final class MessageStream implements ReplyStream {
    private static final byte[] STOP = "event: message_stop".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PING = ServerSentEvents.event("ping", Json.bytes(Map.of("type", "ping")));

    private final Told told;
    private final Consumer<byte[]> out;
    private final MessageEvents events;
    private @Nullable Begun begun;
    private boolean headersWereEarly;
    private byte @Nullable [] held;

    MessageStream(Told told, Consumer<byte[]> out) {
        this.told = told;
        this.out = out;
        this.events = new MessageEvents(out);
    }

    @Override
    public void begin(Begun newBegun, boolean early) {
        begun = newBegun;
        headersWereEarly = early;
        events.names("msg_" + newBegun.callId(), newBegun.modelName());
    }

    @Override
    public void event(ReplyEvent event) {
        switch (event) {
            case ReplyEvent.Frame frame -> {
                if (ends(frame.bytes())) {
                    held = frame.bytes();
                } else {
                    out.accept(frame.bytes());
                }
            }
            case ReplyEvent.Piece piece -> events.piece(piece.event());
            case ReplyEvent.Whole whole -> throw new IllegalStateException("a whole reply in a stream");
        }
    }

    private static boolean ends(byte[] frame) {
        return frame.length >= STOP.length && Arrays.equals(frame, 0, STOP.length, STOP, 0, STOP.length);
    }

    @Override
    public void finish(CallResult.Answer delivered, Selection selection) {
        if (begun == null) {
            throw new IllegalStateException("a stream without a beginning");
        }
        byte[] last = held != null ? held : events.finish(delivered.usage());
        held = null;
        byte[] member = DecisionMember.of(delivered, selection, headersWereEarly ? begun : null, told);
        out.accept(ObjectSplice.append(last, "tierway", member));
    }

    @Override
    public byte[] broken(ErrorReply error, String requestId) {
        held = null;
        return ServerSentEvents.event("error", new AnthropicErrors().json(error, requestId));
    }

    @Override
    public byte[] keepAlive() {
        return PING.clone();
    }
}
