package dev.tierway.application.port.in;

import dev.tierway.application.error.TierwayException;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.application.port.out.ReplyHead;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.routing.Ruling;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The caller's ear: at most one {@code begin}, then events, then exactly one {@code end}. Called on the call's serial
 * executor; must not block.
 */
public interface ReplySink {
    /** The call is committed: from now on no other replica's bytes will come. */
    void begin(Begun begun);

    void event(ReplyEvent event);

    /** What it adds to the decision of a call that is over, before that is kept and told: once, right before {@link #end}. */
    default Selection judged(Selection selection) {
        return selection;
    }

    /** The call is over; {@code selection.result()} says how. */
    void end(Selection selection);

    /** In place of all else: nothing was begun, and won't be. */
    default void refused(TierwayException why) {
        throw why;
    }

    /**
     * What is known at commit.
     *
     * @param attempts sent so far
     * @param limits what is left of the caller's own limits; empty if it has none
     * @param replica null if a plugin answers in a model's place
     * @param ruling what a rule made of the call; null if none applied
     * @param cached whether the answer comes out of the response cache; null if none was asked
     */
    record Begun(
            String callId,
            @Nullable Replica replica,
            int attempts,
            List<String> warnings,
            List<Left> limits,
            ReplyHead head,
            @Nullable Ruling ruling,
            @Nullable Boolean cached) {
        /** Of a call no cache was asked about. */
        public Begun(
                String callId,
                Replica replica,
                int attempts,
                List<String> warnings,
                List<Left> limits,
                ReplyHead head,
                @Nullable Ruling ruling) {
            this(callId, replica, attempts, warnings, limits, head, ruling, null);
        }

        /** Of a call no rule applied to, whose caller has no limits. */
        public Begun(String callId, Replica replica, int attempts, List<String> warnings, ReplyHead head) {
            this(callId, replica, attempts, warnings, List.of(), head, null);
        }

        /** The model that answers, as it is named to clients. */
        public String modelName() {
            return replica == null ? "tierway" : replica.model().value();
        }

        /** The same with these warnings. */
        public Begun with(List<String> others) {
            return new Begun(callId, replica, attempts, others, limits, head, ruling, cached);
        }
    }
}
