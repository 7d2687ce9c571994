package dev.tierway.domain.call;

import static dev.tierway.domain.fixture.Failures.failure;
import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.catalogue.Timeouts;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Past;
import dev.tierway.domain.fixture.Policies;
import dev.tierway.domain.fixture.Requests;
import dev.tierway.domain.fixture.ScriptedCall;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Side;
import dev.tierway.domain.routing.Choice;
import dev.tierway.domain.routing.RoutingPolicy;
import dev.tierway.domain.routing.WaitingSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What settings of a call's waiting and clocks change. */
class CallSettingsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Limit HUNDRED = Limit.per(Dimension.REQUESTS, 100, Duration.ofDays(1));

    private final ManualClock clock = new ManualClock();
    private ReplicaRegistry registry = Fleet.of("a/m", "b/m").registry();

    private ScriptedCall.Plan plan(Policies policy) {
        return ScriptedCall.call(registry, Requests.tier(registry.catalogue()).stream(), clock)
                .policy(policy);
    }

    private ScriptedCall whereAllAreBusy(long parkNanos) {
        registry = Fleet.fleet().with(replica("a/m").limit(1)).registry();
        new Past(registry, clock).entered("a/m");
        return plan(Policies.policy().waiting(new WaitingSettings(parkNanos, 15 * SECOND, 60 * SECOND)))
                .started();
    }

    @Test
    void a_call_is_parked_as_long_as_it_may_be() {
        assertThat(whereAllAreBusy(7 * SECOND).ringsIn(TimerKind.PARK)).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void or_not_at_all() {
        assertThat(whereAllAreBusy(0).over()).isTrue();
    }

    @Test
    void somebody_sick_is_tried_so_long_after_its_last_attempt_while_others_are_busy() {
        registry =
                Fleet.fleet().with(replica("a/m").limit(1)).with(replica("b/m")).registry();
        Past past = new Past(registry, clock);
        past.entered("a/m");
        past.failed("b/m", failure(FailureClass.UPSTREAM_FAULT), 5);
        clock.advance(Duration.ofSeconds(3));

        assertThat(plan(Policies.policy().waiting(new WaitingSettings(0, 4 * SECOND, 60 * SECOND)))
                        .started()
                        .over())
                .isTrue();
        ScriptedCall sooner = plan(Policies.policy().waiting(new WaitingSettings(0, 2 * SECOND, 60 * SECOND)))
                .started();

        assertThat(sooner.sentTo()).containsExactly("b/m");
        assertThat(((Choice.Chosen) sooner.clientLeaves()
                                .selection()
                                .rounds()
                                .getFirst()
                                .choice())
                        .because())
                .isEqualTo(Choice.Because.LAST_RESORT);
    }

    @Test
    void a_unary_attempt_has_the_allowance_it_is_given() {
        registry = Fleet.fleet()
                .with(replica("a/m")
                        .timeouts(new Timeouts.Override(
                                        null, null, Duration.ZERO, null, null, null, Duration.ofSeconds(5), 1.0)
                                .over(Timeouts.DEFAULTS)))
                .with(replica("b/m"))
                .registry();
        ScriptedCall call = ScriptedCall.call(registry, Requests.pinned(registry.catalogue(), "a/m"), clock)
                .policy(Policies.policy().attempts(4, 3))
                .started();

        assertThat(Duration.ofNanos(call.lastSent().clocks().wholeNanos()).toMillis())
                .as("30 s to the first token, and the expected 1 s + 256 × 20 ms or 5 s")
                .isEqualTo(30_000 + 1_000 + 256 * 20);
    }

    /** Whom the second attempt goes to, if 40 of 100 requests are left at either. */
    private List<String> hedgedTo(double leastHeadroom) {
        registry = Fleet.fleet()
                .domain("d", HUNDRED)
                .with(replica("a/m").domain("d"))
                .with(replica("b/m").domain("d"))
                .registry();
        ScriptedCall call = plan(Policies.policy().hedging(new RoutingPolicy.Hedging(1, leastHeadroom)))
                .started();
        registry.left(new Left(new Descriptor("domain:d", Side.DOMAIN, HUNDRED), 40, 0, false), clock.nanos());
        call.rings(TimerKind.HEDGE);
        return call.sentTo().subList(1, call.sentTo().size());
    }

    @Test
    void nobody_with_less_headroom_than_it_should_have_gets_a_hedge() {
        assertThat(hedgedTo(0.5)).isEmpty();
        assertThat(hedgedTo(0.3)).hasSize(1);
    }
}
