package dev.tierway.domain.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Retries stay a fifth of the traffic, per provider and for the gateway. */
class RetryBudgetTest {
    private static final RetryBudget.Rule RULE = new RetryBudget.Rule(0.2, 3);

    private final ManualClock clock = new ManualClock();
    private final ReplicaRegistry registry = Fleet.of("p/m", "q/m").registry();

    private PermitResult enter(String id, boolean first, boolean charged) {
        Replica replica = Objects.requireNonNull(registry.catalogue().replica(new ReplicaId(id)));
        return registry.acquire(new PermitRequest(replica, false, first, charged, RULE), clock.nanos());
    }

    private int granted(String id, int tries) {
        int granted = 0;
        for (int i = 0; i < tries; i++) {
            granted += enter(id, false, true) instanceof PermitResult.Granted ? 1 : 0;
        }
        return granted;
    }

    @Test
    void three_in_ten_seconds_are_always_allowed() {
        assertThat(granted("p/m", 10)).isEqualTo(3);

        clock.advance(Duration.ofSeconds(11));
        assertThat(granted("p/m", 10)).isEqualTo(3);
    }

    @Test
    void then_a_fifth_of_the_first_attempts() {
        for (int i = 0; i < 50; i++) {
            enter("p/m", true, false);
        }

        assertThat(granted("p/m", 40)).isEqualTo(10);
    }

    @Test
    void the_gateways_budget_binds_over_all_providers() {
        assertThat(granted("p/m", 2) + granted("q/m", 10)).isEqualTo(3);
    }

    @Test
    void a_spill_that_is_free_is_never_refused() {
        granted("p/m", 3);

        assertThat(enter("p/m", false, false)).isInstanceOf(PermitResult.Granted.class);
    }

    @Test
    void a_refused_entry_leaves_nothing_behind() {
        granted("p/m", 10);
        granted("q/m", 10);

        assertThat(registry.snapshot(
                                java.util.List.of(Objects.requireNonNull(
                                        registry.catalogue().replica(new ReplicaId("q/m")))),
                                java.util.List.of(),
                                clock.nanos())
                        .candidates()
                        .getFirst()
                        .state()
                        .inFlight())
                .isZero();
    }

    @Test
    void an_attempt_whose_reservation_was_denied_was_no_attempt() {
        for (int i = 0; i < 30; i++) {
            PermitResult.Granted granted = (PermitResult.Granted) enter("p/m", false, true);
            registry.release(granted.permit(), new PermitOutcome.Unused(), clock.nanos());
        }

        assertThat(granted("p/m", 10)).isEqualTo(3);
    }
}
