package dev.tierway.adapter.http;

import dev.tierway.adapter.http.openai.ChunkEncoder;
import dev.tierway.adapter.http.openai.ObjectSplice;
import dev.tierway.adapter.http.server.Json;
import dev.tierway.application.explain.DecisionExplainer;
import dev.tierway.application.port.in.ReplySink;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.Selection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds back the chunk that closes a stream, because what only the stream's end knows (cost, attempts, the decision) is
 * spliced into it. Streams that asked for none of that are passed on as they come.
 */
final class StreamTail {
    private final boolean usageAsked;
    private final boolean explain;
    private final Consumer<byte[]> out;
    private boolean headersWereEarly;
    private boolean usageSeen;
    private byte @Nullable [] held;

    /** @param out where chunks go that needn't wait */
    StreamTail(boolean usageAsked, boolean explain, Consumer<byte[]> out) {
        this.usageAsked = usageAsked;
        this.explain = explain;
        this.out = out;
    }

    /** The headers had to go before anything was known: the tail says what they couldn't. */
    void headersWereEarly() {
        headersWereEarly = true;
    }

    void take(byte[] chunk, ReplyEvent.Frame.Kind kind) {
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

    /** Writes what is held, as it is. */
    void release() {
        if (held != null) {
            out.accept(held);
            held = null;
        }
    }

    /** The stream is complete. */
    void finish(CallResult.Delivered delivered, Selection selection, ReplySink.Begun begun, ChunkEncoder encoder) {
        if (wanted()) {
            byte[] chunk = held != null ? held : encoder.tail(usageAsked && !usageSeen ? delivered.usage() : null);
            held = null;
            byte[] member = Json.bytes(member(delivered, selection, begun));
            if (explain) {
                member = ObjectSplice.append(member, "selection", DecisionExplainer.json(selection));
            }
            out.accept(ObjectSplice.append(chunk, "tierway", member));
        }
    }

    private boolean wanted() {
        return usageAsked || explain || headersWereEarly;
    }

    private Map<String, Object> member(CallResult.Delivered delivered, Selection selection, ReplySink.Begun begun) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("cost_usd", delivered.cost() == null ? null : delivered.cost().toDecimalString());
        json.put("attempts", selection.attempts());
        json.put("replica", delivered.replica().value());
        json.put("decision", selection.identity().callId());
        json.put("usage", delivered.usage().how().name().toLowerCase(Locale.ROOT));
        if (headersWereEarly) {
            json.put("model", begun.replica().model().value());
            json.put("warnings", begun.warnings());
        }
        return json;
    }
}
