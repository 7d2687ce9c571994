package dev.tierway.adapter.persistence.lease;

import dev.tierway.application.port.out.Reservation;
import dev.tierway.domain.call.AttemptId;

/** What the store is to be told or asked next. */
sealed interface Step {
    /** A new share. */
    record Ask(Share share) implements Step {}

    /** A reservation for what is still open of a share, so that its rest can go back. */
    record Carry(Share share, Share carrier) implements Step {}

    /** A share is over. */
    record Settle(Share share, long charged) implements Step {}

    /** Attempts used more than estimated, and their share has been settled before. */
    record Owe(AttemptId id, LeasedLimit limit, long amount) implements Step {}

    /** Nobody ever said how an attempt ended. */
    record Forget(Reservation unsettled) implements Step {}
}
