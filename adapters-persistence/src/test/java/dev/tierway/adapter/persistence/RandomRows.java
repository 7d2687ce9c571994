package dev.tierway.adapter.persistence;

import dev.tierway.application.port.out.AttemptOutcome;
import dev.tierway.application.port.out.LedgerField;
import dev.tierway.application.port.out.LedgerQuery;
import dev.tierway.application.port.out.LedgerRow;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.money.TokenUsage;
import java.util.Map;
import java.util.SplittableRandom;

/** Rows and queries with few different values, so that queries find some and miss some. */
final class RandomRows {
    private static final long HOUR = 3_600_000;

    private final SplittableRandom random;
    private int made;

    RandomRows(long seed) {
        random = new SplittableRandom(seed);
    }

    private String maybe(String... values) {
        int chosen = random.nextInt(values.length + 1);
        return chosen == values.length ? null : values[chosen];
    }

    private <T> T one(T[] values) {
        return values[random.nextInt(values.length)];
    }

    /** They end about an hour apart, out of order by up to 20 minutes: some clock was set back. */
    LedgerRow row() {
        int n = made++;
        long end = LedgerRows.AT + n * HOUR + random.nextLong(-HOUR / 6, HOUR / 6);
        long input = random.nextLong(1000);
        String model = "m" + random.nextInt(3);
        String provider = "p" + random.nextInt(2);
        TokenUsage usage = random.nextInt(4) == 0
                ? null
                : new TokenUsage(
                        input,
                        input / 3,
                        input / 4,
                        input / 8,
                        input / 9,
                        input / 2,
                        input / 5,
                        input / 11,
                        input / 12,
                        one(TokenUsage.Counted.values()));
        AttemptOutcome outcome = one(AttemptOutcome.values());
        return new LedgerRow(
                new AttemptId("call-" + n / 2, n % 2 + 1),
                random.nextBoolean(),
                new LedgerRow.Served(
                        new ReplicaId(provider + "/" + model),
                        new ProviderId(provider),
                        new ModelId(model),
                        one(ModelTier.values())),
                new LedgerRow.Origin(
                        "request-" + n / 2,
                        maybe("chat", "code"),
                        maybe("k1", "k2"),
                        maybe("agent", "Agent", "\u00e4gent"),
                        maybe("w"),
                        maybe("ann", "bob"),
                        maybe("s"),
                        random.nextBoolean() ? Map.of() : Map.of("team", "t" + random.nextInt(2), "x\"'", "1")),
                new LedgerRow.Timing(end - 5, end, null, 5_000_000L),
                new LedgerRow.Charge(usage, usage == null ? null : new NanoUsd(input * 1000), null),
                outcome,
                outcome == AttemptOutcome.FAILED ? one(FailureClass.values()) : null);
    }

    LedgerQuery query() {
        LedgerQuery query = LedgerQuery.ALL;
        for (LedgerField field : LedgerField.values()) {
            String value = random.nextInt(6) > 0 ? null : field.of(new RandomRows(random.nextLong()).row());
            query = value == null ? query : query.where(field, value);
        }
        query = random.nextInt(3) == 0 ? query.tag("team", "t" + random.nextInt(3)) : query;
        query = random.nextInt(6) == 0 ? query.tag("x\"'", "1") : query;
        query = random.nextInt(3) == 0 ? query.outcome(one(AttemptOutcome.values())) : query;
        query = random.nextBoolean() ? query.since(time()) : query;
        return random.nextBoolean() ? query.until(time()) : query;
    }

    private long time() {
        return LedgerRows.AT + random.nextLong(-HOUR, (made + 1) * HOUR);
    }
}
