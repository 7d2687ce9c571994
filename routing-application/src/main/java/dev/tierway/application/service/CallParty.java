package dev.tierway.application.service;

import dev.tierway.application.port.in.ReplySink;
import dev.tierway.application.port.out.AttemptHandle;
import dev.tierway.application.port.out.AttemptRequest;
import dev.tierway.application.port.out.CallExecutor;
import dev.tierway.application.port.out.ProviderTransport;
import dev.tierway.domain.call.Selection;
import java.util.function.Consumer;

/**
 * Who takes part in a call beside its driver: the caller, and whoever stands between it and the vendors.
 *
 * @param caller hears the answer
 * @param executor all of the call runs on it
 * @param opening sends attempts
 * @param finale hears the end before the caller does
 */
record CallParty(ReplySink caller, CallExecutor executor, Opening opening, Finale finale) {
    /** The caller alone. */
    static CallParty of(ReplySink caller, CallExecutor executor) {
        return new CallParty(
                caller,
                executor,
                (request, relay, transport) -> transport.open(request, relay),
                (selection, told) -> told.accept(selection));
    }

    /** How an attempt gets to its vendor. */
    interface Opening {
        AttemptHandle open(AttemptRequest request, AttemptRelay relay, ProviderTransport transport);
    }

    /** What happens at the end of a call before anybody hears of it. */
    interface Finale {
        /** @param told to be called once, on the call's executor, with the selection as everybody is to know it */
        void end(Selection selection, Consumer<Selection> told);
    }
}
