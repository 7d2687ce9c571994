package dev.tierway.adapter.persistence.lease;

import dev.tierway.application.port.out.AttemptMemo;
import dev.tierway.application.port.out.ExpiredReservations;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.ReplicaId;
import java.util.Map;

/** How shares are called in the store, where they stand among attempts. */
final class ShareName {
    private static final String NAME = "share";

    private ShareName() {}

    static AttemptId of(String instance, long n) {
        return new AttemptId(NAME + "_" + instance + "_" + n, 1);
    }

    static AttemptMemo memo(AttemptId share) {
        return new AttemptMemo(
                share,
                NAME,
                new ReplicaId(NAME + "/" + NAME),
                new ProviderId(NAME),
                new ModelId(NAME),
                0,
                null,
                null,
                null,
                null,
                Map.of(),
                null);
    }

    static boolean isShare(AttemptMemo memo) {
        return memo.requestId().equals(NAME) && memo.attempt().callId().startsWith(NAME + "_");
    }

    /** A share that expires, because its instance died, is nobody's call: no row of the account book. */
    static ExpiredReservations unlessShare(ExpiredReservations expired) {
        return (memo, estimate) -> {
            if (!isShare(memo)) {
                expired.expired(memo, estimate);
            }
        };
    }
}
