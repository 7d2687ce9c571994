package dev.tierway.adapter.http.wire;

import dev.tierway.adapter.http.server.ErrorReply;
import dev.tierway.application.port.in.ReplySink;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.Selection;

/** One streamed answer in one wire format: what a call says becomes bytes for the client. */
public interface ReplyStream {
    /**
     * The call is committed.
     *
     * @param headersWereEarly the headers had to go before this was known: the stream's end says what they couldn't
     */
    void begin(ReplySink.Begun begun, boolean headersWereEarly);

    /** A piece of the reply, in this format's bytes or in neutral types; comes after {@link #begin}. */
    void event(ReplyEvent event);

    /** The reply is complete: writes what was held back, what only the end knows, and the format's end mark. */
    void finish(CallResult.Answer delivered, Selection selection);

    /** The reply broke: writes what was held back and gives the event that says so, to be the last. */
    byte[] broken(ErrorReply error, String requestId);

    /** Tells that the silence isn't the end; commits nothing. May come before {@link #begin}. */
    byte[] keepAlive();
}
