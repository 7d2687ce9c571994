package dev.tierway.application.port.out;

import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import java.util.List;

/**
 * What an attempt takes before it is sent.
 *
 * @param descriptors no two of the same {@link Descriptor#key()}
 * @param memo kept by stores that outlive the process, for the account book
 */
public record Reservation(List<Descriptor> descriptors, Amounts estimate, AttemptMemo memo) {
    public Reservation {
        descriptors = List.copyOf(descriptors);
    }

    public AttemptId attempt() {
        return memo.attempt();
    }
}
