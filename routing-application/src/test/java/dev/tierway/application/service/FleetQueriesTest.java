package dev.tierway.application.service;

import static dev.tierway.domain.fixture.Failures.failure;
import static dev.tierway.domain.fixture.Failures.retryAfter;
import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.fixture.TestApplication;
import dev.tierway.application.port.in.FleetStatus;
import dev.tierway.application.port.in.GroupStatus;
import dev.tierway.application.port.in.ProbeStatus;
import dev.tierway.application.port.in.ReplicaStatus;
import dev.tierway.application.port.in.Status;
import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.Route;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.catalogue.Timeouts;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.Operators;
import dev.tierway.domain.fixture.Past;
import dev.tierway.domain.fleet.ProbeResult;
import dev.tierway.domain.operator.Scope;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of the running fleet. */
class FleetQueriesTest {
    private final TestApplication app = TestApplication.with(Fleet.fleet()
            .with(replica("a/m").limit(8))
            .with(replica("b/m"))
            .with(replica("a/n").local())
            .route(new Route("alias", List.of(Target.model("m")), null, Timeouts.Override.NONE, true))
            .route(new Route("mid", List.of(Target.parse("tier:mid")), null, Timeouts.Override.NONE, true)));
    private final Past past = new Past(app.registry, app.clock);

    private ReplicaStatus of(String id) {
        return app.fleet().fleet().replicas().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_replica_nobody_called_is_unknown_in_every_respect() {
        ReplicaStatus status = of("b/m");

        assertThat(status.status()).isEqualTo(Status.UNKNOWN);
        assertThat(status.success()).isNull();
        assertThat(status.ttftMillis()).isNull();
        assertThat(status.millisPerToken()).isNull();
        assertThat(status.headroom()).isNull();
        assertThat(status.limit()).isNull();
        assertThat(status.lastUsedAgoMillis()).isNull();
        assertThat(status.circuit()).isEqualTo("closed");
        assertThat(status.phase()).isEqualTo("active");
    }

    @Test
    void a_replica_that_works_is_healthy_with_its_numbers() {
        past.delivered("a/m", 4);
        past.entered("a/m");
        app.clock.advance(Duration.ofSeconds(2));

        ReplicaStatus status = of("a/m");

        assertThat(status.status()).isEqualTo(Status.HEALTHY);
        assertThat(status.calls()).isEqualTo(4);
        assertThat(status.errors()).isZero();
        assertThat(status.inFlight()).isEqualTo(1);
        assertThat(status.limit()).isEqualTo(8);
        assertThat(status.success()).isEqualTo(1.0);
        assertThat(status.ttftMillis()).isEqualTo(1000.0);
        assertThat(status.millisPerToken()).isEqualTo(10.0);
        assertThat(status.lastUsedAgoMillis()).isEqualTo(2000);
        assertThat(status.provider() + " " + status.model() + " " + status.tier())
                .isEqualTo("a m mid");
        assertThat(of("a/n").local()).isTrue();
    }

    @Test
    void one_that_fails_rests_ramps_or_is_taken_out_is_degraded() {
        past.delivered("a/m", 5).failed("a/m", failure(FailureClass.TIMEOUT), 1);
        assertThat(of("a/m").status()).isEqualTo(Status.DEGRADED);

        past.failed("b/m", retryAfter(FailureClass.RATE_LIMITED, 4000), 1);
        assertThat(of("b/m").status()).isEqualTo(Status.DEGRADED);
        assertThat(of("b/m").coolingDownMillis()).isEqualTo(4000);

        Operators.phase(app.registry, Scope.replica("a/n"), Phase.STANDBY);
        assertThat(of("a/n").status()).isEqualTo(Status.DEGRADED);
    }

    @Test
    void one_whose_circuit_is_open_or_that_is_marked_is_unhealthy() {
        past.failed("b/m", failure(FailureClass.TIMEOUT), 5);
        assertThat(of("b/m").status()).isEqualTo(Status.UNHEALTHY);
        assertThat(of("b/m").circuit()).isEqualTo("open");
        assertThat(of("b/m").circuitUntilMillis()).isBetween(5000L, 5500L);

        app.clock.advance(Duration.ofSeconds(6));
        assertThat(of("b/m").circuit()).as("no gauge is stuck").isEqualTo("half_open");
        assertThat(of("b/m").circuitUntilMillis()).isNull();

        Operators.mark(app.registry, Scope.replica("a/n"), false);
        assertThat(of("a/n").status()).isEqualTo(Status.UNHEALTHY);
    }

    @Test
    void what_probes_found_is_told_with_its_age() {
        assertThat(of("a/n").probe()).as("never probed").isNull();
        Replica replica = past.view("a/n").replica();
        long valid = Duration.ofSeconds(30).toNanos();

        app.registry.probed(replica, ProbeResult.ALIVE, app.clock.nanos(), valid);
        assertThat(of("a/n").status()).isEqualTo(Status.HEALTHY);

        app.registry.probed(replica, ProbeResult.UNREACHABLE, app.clock.nanos(), valid);
        app.registry.probed(replica, ProbeResult.UNREACHABLE, app.clock.nanos(), valid);
        app.clock.advance(Duration.ofSeconds(2));
        assertThat(of("a/n").status()).isEqualTo(Status.UNHEALTHY);
        assertThat(of("a/n").probe()).isEqualTo(new ProbeStatus("unreachable", 2000, 2, 28_000L));

        app.clock.advance(Duration.ofSeconds(28));
        assertThat(of("a/n").status()).as("no verdict is stuck").isEqualTo(Status.UNKNOWN);
        assertThat(of("a/n").probe()).isEqualTo(new ProbeStatus("unreachable", 30_000, 2, null));
    }

    @Test
    void a_ramping_replica_behind_an_open_credential_is_told_as_open() {
        past.failed("a/m", failure(FailureClass.TIMEOUT), 5);
        app.clock.advance(Duration.ofSeconds(6));
        app.registry.committed(past.probing("a/m"), app.clock.nanos());
        past.failed("a/n", failure(FailureClass.CREDENTIAL), 1);

        assertThat(of("a/m").circuit()).isEqualTo("open");
        assertThat(of("a/m").circuitUntilMillis()).isBetween(5000L, 5500L);
    }

    @Test
    void groups_are_as_well_as_their_members() {
        assertThat(status("m", true)).isEqualTo(Status.UNKNOWN);
        past.delivered("a/m", 3);
        assertThat(status("m", true)).as("one healthy, one unknown").isEqualTo(Status.HEALTHY);
        past.failed("b/m", failure(FailureClass.TIMEOUT), 5);
        assertThat(status("m", true)).as("one of two").isEqualTo(Status.DEGRADED);
        assertThat(status("b", false)).as("the only one").isEqualTo(Status.UNHEALTHY);

        FleetStatus fleet = app.fleet().fleet();
        GroupStatus model = fleet.models().getFirst();
        assertThat(model.replicas()).isEqualTo(2);
        assertThat(model.calls()).isEqualTo(8);
        assertThat(model.errors()).isEqualTo(5);
        assertThat(fleet.strategy()).isEqualTo("adaptive");
        assertThat(fleet.generation()).isEqualTo(1);
    }

    private Status status(String group, boolean model) {
        FleetStatus fleet = app.fleet().fleet();
        return (model ? fleet.models() : fleet.providers())
                .stream()
                        .filter(one -> one.id().equals(group))
                        .findFirst()
                        .orElseThrow()
                        .status();
    }

    @Test
    void replicas_are_found_by_provider_and_models_by_any_of_their_names() {
        assertThat(app.fleet().usage("a").orElseThrow().replicas())
                .extracting(ReplicaStatus::id)
                .containsExactly("a/m", "a/n");
        for (String name : List.of("m", "a/m", "alias")) {
            assertThat(app.fleet().findModel(name))
                    .as(name)
                    .get()
                    .matches(one -> one.id().value().equals("m"));
        }
        for (String name : List.of("nothing", "mid", "no id!")) {
            assertThat(app.fleet().findModel(name)).as(name).isEmpty();
        }
        assertThat(app.fleet().models()).hasSize(2);
        assertThat(app.fleet().routes()).hasSize(2);
    }
}
