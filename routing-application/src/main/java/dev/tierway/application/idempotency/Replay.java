package dev.tierway.application.idempotency;

import dev.tierway.application.port.in.ReplySink;
import dev.tierway.application.port.out.KeptReply;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.routing.Ruling;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives a kept reply once more, as fast as it is asked for: a stream as a stream. On the asker's executor. */
final class Replay {
    private final KeptReply reply;
    private final ReplySink sink;
    private final boolean stream;
    private int next;
    private boolean began;
    private boolean over;

    Replay(KeptReply reply, ReplySink sink, boolean stream) {
        this.reply = reply;
        this.sink = sink;
        this.stream = stream;
    }

    String callId() {
        return reply.selection().identity().callId();
    }

    @Nullable
    Ruling ruling() {
        return reply.selection().features().ask().ruling();
    }

    /** @return what of the demand is left */
    long give(long demand) {
        begin();
        long left = demand;
        List<ReplyEvent> events = reply.events();
        while (!over && next < events.size() && (left > 0 || !stream)) {
            left--;
            sink.event(events.get(next++));
        }
        if (!over && next == events.size()) {
            over = true;
            sink.end(reply.selection());
        }
        return Math.max(0, left);
    }

    /** What is left of the caller's limits has changed since: it isn't said. */
    private void begin() {
        KeptReply.Answered answered = reply.begun();
        if (!began && answered != null) {
            sink.begin(new ReplySink.Begun(
                    callId(),
                    answered.replica(),
                    answered.attempts(),
                    answered.warnings(),
                    List.of(),
                    answered.head(),
                    ruling(),
                    answered.cached()));
        }
        began = true;
    }
}
