package dev.tierway.adapter.persistence;

import dev.tierway.application.port.out.AttemptMemo;
import dev.tierway.application.port.out.Reservation;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import java.util.List;
import java.util.Map;

/** Reservations of nobody in particular. */
public final class Reservations {
    private Reservations() {}

    public static Reservation of(AttemptId attempt, List<Descriptor> descriptors, Amounts estimate) {
        return new Reservation(descriptors, estimate, memo(attempt));
    }

    public static AttemptMemo memo(AttemptId attempt) {
        return new AttemptMemo(
                attempt,
                "req_" + attempt.callId(),
                new ReplicaId("p/m"),
                new ProviderId("p"),
                new ModelId("m"),
                1_700_000_000_000L,
                "key-1",
                "agent-1",
                null,
                null,
                Map.of("team", "search"),
                null);
    }
}
