package dev.tierway.application.port.in;

import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.application.port.out.ReplyHead;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.catalogue.Replica;
import java.util.List;

/**
 * The caller's ear: at most one {@code begin}, then events, then exactly one {@code end}. Called on the call's serial
 * executor; must not block.
 */
public interface ReplySink {
    /** The call is committed: from now on no other replica's bytes will come. */
    void begin(Begun begun);

    void event(ReplyEvent event);

    /** The call is over; {@code selection.result()} says how. */
    void end(Selection selection);

    /**
     * What is known at commit.
     *
     * @param attempts sent so far
     */
    record Begun(String callId, Replica replica, int attempts, List<String> warnings, ReplyHead head) {}
}
