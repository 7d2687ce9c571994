package dev.tierway.adapter.http.openai;

import dev.tierway.adapter.http.server.ErrorReply;
import dev.tierway.adapter.http.server.ErrorShape;
import dev.tierway.adapter.http.wire.DecisionMember;
import dev.tierway.adapter.http.wire.ObjectSplice;
import dev.tierway.adapter.http.wire.ReplyStream;
import dev.tierway.adapter.http.wire.ServerSentEvents;
import dev.tierway.adapter.http.wire.Told;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.port.in.ReplySink.Begun;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.Selection;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A streamed chat completion. Holds back the chunk that closes it, because what only the stream's end knows (cost,
 * attempts, the decision) is spliced into it. Streams that asked for none of that are passed on as they come.
 */
final class ChatStream implements ReplyStream {
    private final boolean usageAsked;
    private final Told told;
    private final Function<Begun, EventEncoder> encoders;
    private final Consumer<byte[]> out;
    private @Nullable Begun begun;
    private @Nullable EventEncoder encoder;
    private boolean headersWereEarly;
    private boolean usageSeen;
    private byte @Nullable [] held;

    /**
     * @param encoders what writes the chunks of an answer in neutral types
     * @param out where chunks go that needn't wait
     */
    ChatStream(boolean usageAsked, Told told, Function<Begun, EventEncoder> encoders, Consumer<byte[]> out) {
        this.usageAsked = usageAsked;
        this.told = told;
        this.encoders = encoders;
        this.out = out;
    }

    @Override
    public void begin(Begun newBegun, boolean early) {
        begun = newBegun;
        headersWereEarly = early;
        encoder = encoders.apply(newBegun);
    }

    @Override
    public void event(ReplyEvent event) {
        switch (event) {
            case ReplyEvent.Frame frame -> take(frame.bytes(), frame.kind());
            case ReplyEvent.Piece piece -> take(encoder().encode(piece.event()), kind(piece.event()));
            case ReplyEvent.Whole whole -> throw new IllegalStateException("a whole reply in a stream");
        }
    }

    private void take(byte[] chunk, ReplyEvent.Frame.Kind kind) {
        boolean usage = kind == ReplyEvent.Frame.Kind.USAGE;
        if (usage && !usageAsked) {
            return;
        }
        release();
        usageSeen |= usage;
        boolean last = usage || (!usageAsked && wanted() && ObjectSplice.holdsFinishReason(chunk));
        if (last) {
            held = chunk;
        } else {
            out.accept(chunk);
        }
    }

    private static ReplyEvent.Frame.Kind kind(ChatEvent event) {
        if (event instanceof ChatEvent.Usage) {
            return ReplyEvent.Frame.Kind.USAGE;
        }
        return event.semantic() ? ReplyEvent.Frame.Kind.SEMANTIC : ReplyEvent.Frame.Kind.PREAMBLE;
    }

    /** Writes what is held, as it is. */
    private void release() {
        if (held != null) {
            out.accept(held);
            held = null;
        }
    }

    @Override
    public void finish(CallResult.Answer delivered, Selection selection) {
        EventEncoder closing = encoder();
        if (wanted()) {
            byte[] chunk = held != null ? held : closing.tail(usageAsked && !usageSeen ? delivered.usage() : null);
            held = null;
            byte[] member = DecisionMember.of(delivered, selection, headersWereEarly ? begun : null, told);
            out.accept(ObjectSplice.append(chunk, "tierway", member));
        }
        out.accept(ServerSentEvents.done());
    }

    @Override
    public byte[] broken(ErrorReply error, String requestId) {
        release();
        return ServerSentEvents.data(ErrorShape.OPENAI.json(error, requestId));
    }

    @Override
    public byte[] keepAlive() {
        return ServerSentEvents.keepAlive();
    }

    private boolean wanted() {
        return usageAsked || told.selection() || headersWereEarly;
    }

    private EventEncoder encoder() {
        if (encoder == null) {
            throw new IllegalStateException("a stream without a beginning");
        }
        return encoder;
    }
}
