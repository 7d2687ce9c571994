package dev.tierway.domain.fleet;

import static dev.tierway.domain.fixture.Failures.failure;
import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.CircuitSettings;
import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.catalogue.UnmeasuredSettings;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Models;
import dev.tierway.domain.fixture.Operators;
import dev.tierway.domain.fixture.Past;
import dev.tierway.domain.operator.OperatorAction;
import dev.tierway.domain.operator.Scope;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Side;
import dev.tierway.domain.quota.VendorLimit;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Permits, snapshots and reloads. */
class ReplicaRegistryTest {
    private final ManualClock clock = new ManualClock();

    private static CircuitSettings strict() {
        return new CircuitSettings(
                1,
                0.9,
                Duration.ofSeconds(10),
                1,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                1,
                Duration.ofSeconds(1));
    }

    @Test
    void a_permit_ends_once() {
        ReplicaRegistry registry = Fleet.of("p/m").registry();
        Permit permit = new Past(registry, clock).entered("p/m");
        registry.release(permit, new PermitOutcome.Unused(), clock.nanos());

        assertThatThrownBy(() -> registry.release(permit, new PermitOutcome.Unused(), clock.nanos()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("p/m");
    }

    private PermitResult enter(ReplicaRegistry registry, String id, boolean ignoringHealth) {
        Replica replica = registry.catalogue().replica(new ReplicaId(id));
        return registry.acquire(
                new PermitRequest(replica, ignoringHealth, true, false, new RetryBudget.Rule(0.2, 3)), clock.nanos());
    }

    @Test
    void a_permit_is_refused_where_the_fleet_changed_since_the_decision() {
        ReplicaRegistry registry = Fleet.fleet()
                .with(replica("full/m").limit(1))
                .with(replica("resting/m"))
                .with(replica("provider/m"))
                .with(replica("provider/n"))
                .with(replica("open/m"))
                .registry();
        Past past = new Past(registry, clock)
                .failed("resting/m", dev.tierway.domain.fixture.Failures.retryAfter(FailureClass.RATE_LIMITED, 500), 1)
                .failed("provider/n", providerRest(), 1)
                .failed("open/m", failure(FailureClass.TIMEOUT), 5);
        past.entered("full/m");

        for (String id : List.of("full/m", "resting/m", "provider/m", "open/m")) {
            assertThat(enter(registry, id, false)).as(id).isInstanceOf(PermitResult.Refused.class);
        }
        for (String id : List.of("full/m", "resting/m", "provider/m")) {
            assertThat(enter(registry, id, true)).as("not health: " + id).isInstanceOf(PermitResult.Refused.class);
        }
        assertThat(enter(registry, "open/m", true)).isInstanceOf(PermitResult.Granted.class);
        assertThat(past.view("resting/m").state().inFlight()).isZero();
    }

    private static dev.tierway.domain.failure.Failure providerRest() {
        return new dev.tierway.domain.failure.Failure(
                FailureClass.RATE_LIMITED,
                dev.tierway.domain.failure.Failure.Scope.PROVIDER,
                dev.tierway.domain.failure.Processed.NO,
                429,
                500L,
                null,
                "");
    }

    @Test
    void an_entry_that_did_not_change_keeps_what_is_known_of_it() {
        ReplicaRegistry registry = Fleet.of("p/m").registry();
        Past past = new Past(registry, clock).delivered("p/m", 7).failed("p/m", failure(FailureClass.CREDENTIAL), 1);
        Permit inFlight = past.entered("p/m");

        long generation = registry.swap(Fleet.fleet()
                .with(replica("p/m").price("9", "9").limit(4).weight(5))
                .with(replica("q/m"))
                .catalogue());

        ReplicaView view = past.view("p/m");
        assertThat(generation).isEqualTo(2);
        assertThat(registry.generation()).isEqualTo(2);
        assertThat(view.replica().weight()).isEqualTo(5);
        assertThat(view.state().calls()).isEqualTo(8);
        assertThat(view.state().inFlight()).isEqualTo(1);
        assertThat(view.circuit(clock.nanos())).isEqualTo(Circuit.Phase.OPEN);
        registry.release(inFlight, new PermitOutcome.Unused(), clock.nanos());
        assertThat(past.view("p/m").state().inFlight()).isZero();
    }

    @Test
    void new_circuit_settings_apply_without_forgetting_health_or_an_operators_word() {
        ReplicaRegistry registry = Fleet.of("p/m").registry();
        Past past = new Past(registry, clock).delivered("p/m", 7);
        Operators.phase(registry, Scope.replica("p/m"), Phase.DRAINING);
        OperatorAction mark = Operators.mark(registry, Scope.replica("p/m"), false);

        registry.swap(Fleet.fleet().with(replica("p/m").circuit(strict())).catalogue());

        assertThat(past.view("p/m").phase()).isEqualTo(Phase.DRAINING);
        assertThat(past.view("p/m").standing().markedUnhealthy()).isEqualTo(mark);
        assertThat(past.view("p/m").state().calls()).isEqualTo(7);
        past.failed("p/m", failure(FailureClass.TIMEOUT), 1);
        assertThat(past.view("p/m").circuit(clock.nanos())).isEqualTo(Circuit.Phase.OPEN);
    }

    @Test
    void another_upstream_model_or_another_kind_of_provider_starts_afresh() {
        Replica one = replica("p/m").build();
        ReplicaRegistry registry = Fleet.fleet().with(one).registry();
        Past past = new Past(registry, clock).delivered("p/m", 7);

        registry.swap(Fleet.fleet()
                .with(new Replica(
                        one.id(),
                        one.provider(),
                        one.model(),
                        "another",
                        one.local(),
                        one.price(),
                        one.phase(),
                        one.weight(),
                        one.priority(),
                        one.tags(),
                        one.region(),
                        one.concurrency(),
                        one.quotaDomains(),
                        one.timeouts(),
                        one.circuit(),
                        one.retry(),
                        one.learning()))
                .catalogue());
        assertThat(past.view("p/m").state().calls()).isZero();

        past.delivered("p/m", 3);
        registry.swap(Fleet.fleet().provider("p", "openai").with(replica("p/m")).catalogue());
        assertThat(past.view("p/m").state().calls()).isZero();
    }

    @Test
    void a_candidate_that_is_no_longer_configured_is_left_out_and_never_entered() {
        Catalogue before = Fleet.of("p/m", "q/m").catalogue();
        ReplicaRegistry registry = new ReplicaRegistry(before);
        List<Replica> candidates = List.copyOf(before.replicas());

        registry.swap(Fleet.of("q/m").catalogue());

        FleetSnapshot snapshot = registry.snapshot(candidates, List.of(), clock.nanos());
        assertThat(snapshot.candidates()).hasSize(1);
        assertThat(registry.acquire(
                        new PermitRequest(candidates.getFirst(), true, true, false, new RetryBudget.Rule(0.2, 3)),
                        clock.nanos()))
                .isInstanceOf(PermitResult.Refused.class);
    }

    @Test
    void a_replica_id_that_serves_another_model_now_is_another_replica() {
        Catalogue before = Fleet.fleet().with(replica("p/m").named("box")).catalogue();
        ReplicaRegistry registry = new ReplicaRegistry(before);
        List<Replica> candidates = List.copyOf(before.replicas());

        registry.swap(Fleet.fleet().with(replica("p/other").named("box")).catalogue());

        assertThat(registry.snapshot(candidates, List.of(), clock.nanos()).candidates())
                .isEmpty();
    }

    private Left left(String domain, long ofThousand) {
        Limit limit = Limit.per(Dimension.TOKENS, 1000, Duration.ofMinutes(1));
        return new Left(new Descriptor("domain:" + domain, Side.DOMAIN, limit), ofThousand, 0, false);
    }

    @Test
    void a_quota_domain_that_was_taken_out_leaves_headroom_unknown() {
        Catalogue before = Fleet.fleet()
                .domain("d", Limit.concurrency(5))
                .with(replica("p/m").domain("d"))
                .catalogue();
        ReplicaRegistry registry = new ReplicaRegistry(before);
        registry.left(left("d", 300), clock.nanos());
        List<Replica> candidates = List.copyOf(before.replicas());
        assertThat(registry.snapshot(candidates, List.of(), clock.nanos())
                        .candidates()
                        .getFirst()
                        .headroom())
                .isEqualTo(0.3);

        registry.swap(Fleet.of("p/m").catalogue());
        registry.left(left("d", 300), clock.nanos());

        assertThat(registry.snapshot(candidates, List.of(), clock.nanos())
                        .candidates()
                        .getFirst()
                        .headroom())
                .isNull();
    }

    @Test
    void headroom_is_the_least_of_its_domains_and_refills() {
        ReplicaRegistry registry = Fleet.fleet()
                .domain("d", Limit.concurrency(5))
                .domain("e", Limit.concurrency(5))
                .with(replica("p/m").domain("d").domain("e"))
                .registry();
        Past past = new Past(registry, clock);
        assertThat(past.view("p/m").headroom()).isNull();

        registry.left(left("d", 300), clock.nanos());
        registry.left(left("e", 7000), clock.nanos());

        assertThat(past.view("p/m").headroom()).isEqualTo(0.3);
        clock.advance(Duration.ofSeconds(30));
        assertThat(past.view("p/m").headroom()).isEqualTo(0.8);
        clock.advance(Duration.ofSeconds(30));
        assertThat(past.view("p/m").headroom()).isEqualTo(1.0);
    }

    @Test
    void what_our_store_has_left_refuses_for_a_second_only() {
        ReplicaRegistry registry = Fleet.fleet()
                .domain("d", Limit.concurrency(5))
                .with(replica("p/m").domain("d"))
                .registry();
        Past past = new Past(registry, clock);

        registry.left(left("d", 0), clock.nanos());
        assertThat(past.view("p/m").exhausted()).isNotNull();
        assertThat(past.view("p/m").exhausted().untilNanos())
                .as("a thousand a minute: the next one is there in 60 ms")
                .isEqualTo(clock.nanos() + Duration.ofMillis(60).toNanos());
        clock.advance(Duration.ofSeconds(1));
        assertThat(past.view("p/m").exhausted()).isNull();
    }

    @Test
    void a_vendor_limits_each_upstream_model_unless_its_domain_learns() {
        ReplicaRegistry registry =
                Fleet.fleet().with(replica("p/m")).with(replica("p/n")).registry();
        Past past = new Past(registry, clock);
        Replica told = past.view("p/m").replica();

        registry.told(told, tokensLeft(400, Duration.ofSeconds(10)), clock.nanos());

        assertThat(past.view("p/m").headroom()).isEqualTo(0.4);
        assertThat(past.view("p/n").headroom()).isNull();
        assertThat(registry.learned(told, clock.nanos()))
                .containsExactly(new Descriptor("vendor:p/m-upstream", Side.DOMAIN, Limit.learned(Dimension.TOKENS)));
        clock.advance(Duration.ofSeconds(10));
        assertThat(past.view("p/m").headroom()).isNull();
        assertThat(registry.learned(told, clock.nanos())).isEmpty();
    }

    @Test
    void what_our_store_counts_off_a_learned_limit_is_seen() {
        ReplicaRegistry registry = Fleet.fleet().with(replica("p/m")).registry();
        Past past = new Past(registry, clock);
        Replica told = past.view("p/m").replica();
        Descriptor learned = registry.learned(told, new VendorLimit(Dimension.TOKENS, 1L, 1, null, null));

        registry.left(new Left(learned, 5, 0, false), clock.nanos());
        assertThat(past.view("p/m").headroom()).as("nothing is known yet").isNull();
        registry.told(told, tokensLeft(400, Duration.ofSeconds(10)), clock.nanos());
        registry.left(new Left(learned, 100, 0, false), clock.nanos());

        assertThat(past.view("p/m").headroom()).isEqualTo(0.1);
    }

    private static VendorLimit tokensLeft(long ofThousand, Duration reset) {
        return new VendorLimit(Dimension.TOKENS, 1000L, ofThousand, reset.toNanos(), null);
    }

    @Test
    void a_model_is_told_by_all_its_replicas() {
        ReplicaRegistry registry = Fleet.fleet()
                .with(Models.model("m"))
                .with(replica("p/m"))
                .with(replica("q/m"))
                .registry();
        Past past = new Past(registry, clock);

        past.delivered("p/m", 10, Duration.ofMillis(300), Duration.ofMillis(5));

        assertThat(past.view("q/m").modelState().expectedTtftNanos(1000, UnmeasuredSettings.DEFAULTS))
                .isEqualTo(300e6);
        assertThat(past.view("q/m").modelState().outputs().mean(256)).isEqualTo(101);
        assertThat(past.view("q/m").state().latency().measured()).isFalse();
    }

    @Test
    void unlisted_models_of_a_provider_share_one_state_and_keep_their_names() {
        ReplicaRegistry registry = Fleet.of("p/m").passthrough("hub").registry();
        Replica one = registry.catalogue().unlisted("hub/org/one");
        Replica two = registry.catalogue().unlisted("hub/two");
        var request = new PermitRequest(one, false, true, false, new RetryBudget.Rule(0.2, 3));

        assertThat(registry.acquire(request, clock.nanos())).isInstanceOf(PermitResult.Granted.class);

        ReplicaView view = registry.snapshot(List.of(two), List.of(), clock.nanos())
                .candidates()
                .getFirst();
        assertThat(view.state().inFlight()).isEqualTo(1);
        assertThat(view.replica()).isEqualTo(two);
        assertThat(view.model().id().value()).isEqualTo("hub/two");
    }

    @Test
    void what_unlisted_models_share_survives_a_reload_and_ends_with_the_setting() {
        ReplicaRegistry registry = Fleet.fleet().passthrough("hub").registry();
        Replica one = registry.catalogue().unlisted("hub/one");
        registry.acquire(new PermitRequest(one, false, true, false, new RetryBudget.Rule(0.2, 3)), clock.nanos());

        registry.swap(Fleet.of("p/m").passthrough("hub").catalogue());
        assertThat(registry.snapshot(List.of(one), List.of(), clock.nanos()).candidates())
                .extracting(view -> view.state().inFlight())
                .containsExactly(1);
        registry.swap(Fleet.of("hub/m").catalogue());
        assertThat(registry.snapshot(List.of(one), List.of(), clock.nanos()).candidates())
                .isEmpty();
    }

    @Test
    void what_has_not_changed_is_seen_as_the_same() {
        ReplicaRegistry registry = Fleet.of("a/m", "b/n").registry();
        Past past = new Past(registry, clock);
        ReplicaView a = past.view("a/m");
        ReplicaView b = past.view("b/n");
        assertThat(past.view("a/m")).isSameAs(a);

        past.delivered("a/m", 1);

        assertThat(past.view("a/m")).isNotSameAs(a);
        assertThat(past.view("a/m").state().calls()).isEqualTo(1);
        assertThat(past.view("b/n")).isSameAs(b);
    }
}
