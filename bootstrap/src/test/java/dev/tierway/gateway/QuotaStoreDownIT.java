package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tierway.Tierway;
import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.adapter.persistence.guard.GuardOptions;
import dev.tierway.adapter.persistence.guard.GuardedQuotaStore;
import dev.tierway.adapter.persistence.guard.LateQuotaStore;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.error.OverloadedException;
import dev.tierway.application.error.TierwayException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole calls while the store of their limits is not there. */
class QuotaStoreDownIT {
    private static final String CONFIG = """
        providers: [{ id: vendor, kind: simulated, quota: { requests-per-minute: 2 } }]
        models:
          - { id: m, tier: mid, use-cases: [chat], max-output-tokens: 1000, replicas: [{ provider: vendor, price: { input: 1, output: 10 } }] }
        budgets:
          rules: [%s]
        storage: { ledger: { store: memory }, quota: { store: memory } }
        """;

    private final List<Throwable> errors = new ArrayList<>();

    private Tierway tierway(String rule) {
        LateQuotaStore gone = new LateQuotaStore(
                () -> {
                    throw new StoreException("connection refused");
                },
                Runnable::run);
        return Tierway.builder()
                .config(CONFIG.formatted(rule))
                .quotaStore(GuardedQuotaStore.open(
                        gone,
                        GuardOptions.DEFAULTS,
                        System::nanoTime,
                        System::currentTimeMillis,
                        ZoneOffset.UTC,
                        Duration.ofMinutes(11),
                        (memo, estimate) -> errors.add(new AssertionError("expired " + memo))))
                .build();
    }

    @Test
    void rates_are_limited_all_the_same() {
        try (Tierway tierway = tierway("")) {
            ChatRequest request = ChatRequest.of("hello");
            assertThat(tierway.callLogicalModel("m", request).response().text()).contains("hello");
            assertThat(tierway.callLogicalModel("m", request).response().text()).contains("hello");
            TierwayException refused =
                    catchThrowableOfType(TierwayException.class, () -> tierway.callLogicalModel("m", request));

            assertThat(refused.code()).isEqualTo("capacity_exhausted");
            assertThat(errors).isEmpty();
        }
    }

    @Test
    void an_enforced_budget_refuses_and_says_which_it_is() {
        try (Tierway tierway = tierway("{ id: all, usd: 5, per: day }")) {
            OverloadedException refused = catchThrowableOfType(
                    OverloadedException.class, () -> tierway.callLogicalModel("m", ChatRequest.of("hello")));

            assertThat(refused.code()).isEqualTo("quota_unavailable");
            assertThat(refused).hasMessageContaining("budget 'all' allows 5 USD per day");
        }
    }

    @Test
    void a_budget_that_is_only_watched_stops_nobody() {
        try (Tierway tierway = tierway("{ id: all, usd: 0.000001, per: day, enforce: false }")) {
            assertThat(tierway.callLogicalModel("m", ChatRequest.of("hello"))
                            .response()
                            .text())
                    .contains("hello");
        }
    }
}
