package dev.tierway.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SoakScenario {
    private static final long SEED = 20_261_120;

    /** How many calls: 100,000 unless told otherwise, e.g. by {@code -Dtierway.soak.calls=10000000}. */
    private static final long CALLS = Long.getLong("tierway.soak.calls", 100_000);

    @Test
    void whatever_happens_no_invariant_is_violated_and_every_fault_was_met() {
        Soak.Report report = Soak.run(CALLS, SEED);
        assertThat(report.violations()).isEmpty();
        assertThat(report.calls()).isGreaterThanOrEqualTo(CALLS);
        assertThat(report.delivered()).isGreaterThan(report.calls() / 10);
        assertThat(report.faultsHit().keySet())
                .contains(
                        "rate-limited/before-headers",
                        "server-error/before-headers",
                        "server-error/before-first-token",
                        "overloaded/before-headers",
                        "refused/before-headers",
                        "connect-timeout/before-headers",
                        "black-hole/before-headers",
                        "black-hole/before-first-token",
                        "stream-break/mid-stream",
                        "too-slow/before-first-token",
                        "no-slot/before-headers",
                        "limit-reached/before-headers",
                        "account-exhausted/before-headers",
                        "removed/before-headers");
    }

    @Test
    void the_same_seed_soaks_the_same_and_another_differently() {
        long once = Soak.run(4000, 1).hash();
        assertThat(Soak.run(4000, 1).hash()).isEqualTo(once);
        assertThat(Soak.run(4000, 2).hash()).isNotEqualTo(once);
    }
}
