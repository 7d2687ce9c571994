package dev.tierway.application.plugin;

import dev.tierway.application.chat.NeutralReply;

/** What a plugin makes of a complete answer. */
public sealed interface ReplyVerdict {
    static ReplyVerdict keep() {
        return Keep.IT;
    }

    /** Another answer reaches the caller; of streams, which have gone already, that is an error. */
    static ReplyVerdict replace(NeutralReply reply, String what) {
        return new Replace(reply, what);
    }

    /** The caller gets {@link dev.tierway.application.error.CallDeniedException}; the answer stays paid for. */
    static ReplyVerdict deny(String reason) {
        return new Deny(reason);
    }

    record Keep() implements ReplyVerdict {
        private static final Keep IT = new Keep();
    }

    /** @param what was changed, in words without anything of the answer */
    record Replace(NeutralReply reply, String what) implements ReplyVerdict {}

    /** @param reason for the caller */
    record Deny(String reason) implements ReplyVerdict {}
}
