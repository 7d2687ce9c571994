package dev.tierway.application.plugin;

import dev.tierway.application.port.out.AttemptRequest;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.call.PluginStage;
import dev.tierway.domain.call.Selection;
import java.util.Set;

/**
 * Looks at calls, and may change, deny or answer them. One object serves all calls, several at once; of one call its
 * methods are called one after another. On the way to the vendor plugins are asked in their configured order, on the way
 * back in the opposite one, as layers of an onion: the answer a plugin gives passes those before it, not those after it.
 *
 * <p>Methods run on a virtual thread and may block, up to the plugin's {@code timeout}; those declared {@link
 * #nonBlocking} run on the call's event loop, where waiting would stop many calls at once. What a method throws is the
 * plugin's failure: the call is denied or goes on as {@code on-error} says.
 */
public interface Plugin {
    /** In configuration, decisions and metrics: lower-case letters, digits and {@code . _ -}. */
    String name();

    /** Those it wants to be asked at; the configuration may leave some out. */
    Set<PluginStage> stages();

    /** What becomes of a call if this plugin breaks, unless the configuration says otherwise. */
    default OnError onError() {
        return OnError.DENY;
    }

    /** Whether its method for that stage returns at once, so that it may run on an event loop. */
    default boolean nonBlocking(PluginStage stage) {
        return false;
    }

    /**
     * Whether it must see answers in neutral types. Then requests that could have been forwarded byte for byte are encoded
     * anew, and their decisions say so.
     */
    default boolean readsReplies() {
        return false;
    }

    /** Before a replica is chosen. A change counts for rules, limits and routing alike. */
    default RequestVerdict beforeRouting(PluginCall call) throws Exception {
        return RequestVerdict.go();
    }

    /**
     * Before an attempt's request leaves for its replica. Target and options are settled by then: a change of them is an
     * error.
     */
    default RequestVerdict beforeSend(PluginCall call, AttemptRequest attempt) throws Exception {
        return RequestVerdict.go();
    }

    /** A piece of a streamed answer, on its way to the caller. */
    default EventVerdict onEvent(PluginCall call, ReplyEvent event) throws Exception {
        return EventVerdict.keep();
    }

    /** The answer is complete and paid for. A unary one has not reached the caller yet. */
    default ReplyVerdict afterReply(PluginCall call, FinishedReply reply) throws Exception {
        return ReplyVerdict.keep();
    }

    /** The call has failed or was denied, which nothing can change any more. */
    default void onFailure(PluginCall call, Selection selection) throws Exception {}
}
