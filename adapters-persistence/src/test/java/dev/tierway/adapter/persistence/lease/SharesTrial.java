package dev.tierway.adapter.persistence.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.Reservations;
import dev.tierway.application.port.out.QuotaStore;
import dev.tierway.application.port.out.QuotaStore.Result;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several instances press on one limit of a real store, whose clock stands still. */
public final class SharesTrial {
    private static final int CALLS = 800;
    private static final int THREADS_EACH = 2;
    private static final long LIMIT = 4_000;
    private static final ShareOptions OPTIONS = new ShareOptions(0.05, Duration.ofSeconds(1));
    private static final Descriptor REQUESTS =
            new Descriptor("domain:shares", Side.DOMAIN, Limit.per(Dimension.REQUESTS, LIMIT, Duration.ofDays(1)));
    private static final Descriptor TOKENS =
            new Descriptor("domain:shares", Side.DOMAIN, Limit.per(Dimension.TOKENS, 10_000_000, Duration.ofDays(1)));

    private SharesTrial() {}

    /**
     * @param instances stores of one server; closed at the end
     * @param plain another one, to see what the server has
     */
    public static void run(List<? extends QuotaStore> instances, QuotaStore plain) throws Exception {
        List<LeasedQuotaStore> leased = new ArrayList<>();
        for (QuotaStore store : instances) {
            leased.add(LeasedQuotaStore.open(
                    store, OPTIONS, System::nanoTime, Duration.ofMinutes(11), (memo, estimate) -> {}));
        }
        long granted = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS_EACH * instances.size())) {
            List<Future<Long>> answers = new ArrayList<>();
            for (int i = 0; i < THREADS_EACH * leased.size(); i++) {
                LeasedQuotaStore instance = leased.get(i % leased.size());
                String name = "thread" + i + "_";
                answers.add(threads.submit(() -> press(instance, name)));
            }
            for (Future<Long> answer : answers) {
                granted += answer.get();
            }
        }
        long here =
                leased.stream().mapToLong(one -> one.report().admittedHere()).sum();
        leased.forEach(LeasedQuotaStore::close);

        assertThat(granted).isLessThanOrEqualTo(LIMIT);
        assertThat(granted)
                .as("no more than what may be stranded was refused")
                .isGreaterThan(LIMIT - 1 - 2L * instances.size() * OPTIONS.most(REQUESTS.limit()));
        assertThat(here).as("admitted without asking").isGreaterThan(granted / 2);
        long used = granted;
        assertThat(Answers.of(plain.left(List.of(REQUESTS, TOKENS))))
                .satisfiesExactly(
                        requests -> assertThat(requests.available()).isEqualTo(LIMIT - used),
                        tokens -> assertThat(tokens.available()).isEqualTo(10_000_000 - 30 * used));
    }

    /** @return how many were granted; each is estimated at 30 tokens and uses them */
    private static long press(LeasedQuotaStore store, String name) {
        long granted = 0;
        for (int i = 0; i < CALLS; i++) {
            AttemptId attempt = new AttemptId(name + i, 1);
            Amounts amounts = new Amounts(1, 10, 20, NanoUsd.ZERO);
            if (Answers.of(store.reserve(Reservations.of(attempt, List.of(REQUESTS, TOKENS), amounts)))
                    instanceof Result.Granted) {
                granted++;
                Answers.of(store.settle(attempt, amounts));
            }
        }
        return granted;
    }
}
