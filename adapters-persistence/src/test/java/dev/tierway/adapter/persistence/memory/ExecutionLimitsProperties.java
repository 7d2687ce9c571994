package dev.tierway.adapter.persistence.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.application.port.out.AttemptMemo;
import dev.tierway.application.port.out.QuotaStore;
import dev.tierway.application.port.out.Reservation;
import dev.tierway.domain.agent.ExecutionLimits;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Side;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What 200 calls at once may take of an execution's limits. */
class ExecutionLimitsProperties {
    private static final int CALLS = 200;

    private record Asked(boolean granted, Amounts amounts) {}

    @Property(tries = 25)
    void no_call_is_admitted_whose_reservation_exceeds_what_is_left(
            @ForAll @IntRange(min = 1, max = 300) int steps,
            @ForAll @IntRange(min = 1, max = 20_000) int tokens,
            @ForAll @IntRange(min = 1, max = 50_000) int nano,
            @ForAll @IntRange(min = 1, max = 400) int each)
            throws Exception {
        ExecutionLimits limits = new ExecutionLimits(new NanoUsd(nano), (long) tokens, (long) steps, null, null);
        List<Descriptor> descriptors = limits.counted().stream()
                .map(limit -> new Descriptor("agents:execution/agent=a", Side.CALLER, limit))
                .toList();
        ManualClock clock = new ManualClock();
        try (QuotaStore store = new MemoryQuotaStore(
                        clock, clock, ZoneOffset.UTC, Duration.ofHours(1), (memo, estimate) -> {});
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch ready = new CountDownLatch(CALLS);
            List<Future<Asked>> calls = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                int call = i;
                Amounts amounts =
                        new Amounts(1, 1 + (each * 31L + call) % 97, each, new NanoUsd(1 + (call * 7L) % each));
                calls.add(threads.submit((Callable<Asked>) () -> {
                    ready.countDown();
                    ready.await();
                    AttemptId id = new AttemptId("call" + call, 1);
                    boolean granted = store.reserve(new Reservation(descriptors, amounts, memo(id)))
                                    .toCompletableFuture()
                                    .get()
                            instanceof QuotaStore.Result.Granted;
                    if (granted && call % 2 == 0) {
                        // Replies that stay within their reservation.
                        store.settle(
                                        id,
                                        new Amounts(
                                                1, amounts.inputTokens(), amounts.outputTokens() / 2, amounts.cost()))
                                .toCompletableFuture()
                                .get();
                    }
                    return new Asked(granted, amounts);
                }));
            }
            long usedSteps = 0;
            long usedNano = 0;
            long leastTokens = 0;
            for (Future<Asked> call : calls) {
                Asked asked = call.get();
                if (asked.granted()) {
                    usedSteps++;
                    usedNano += asked.amounts().cost().value();
                    leastTokens +=
                            asked.amounts().inputTokens() + asked.amounts().outputTokens() / 2;
                }
            }
            assertThat(usedSteps).isLessThanOrEqualTo(steps);
            assertThat(usedNano).isLessThanOrEqualTo(nano);
            assertThat(leastTokens).isLessThanOrEqualTo(tokens);
        }
    }

    private static AttemptMemo memo(AttemptId id) {
        return new AttemptMemo(
                id,
                "req",
                new ReplicaId("p/m"),
                new ProviderId("p"),
                new ModelId("m"),
                0,
                null,
                "a",
                null,
                null,
                Map.of(),
                null);
    }
}
