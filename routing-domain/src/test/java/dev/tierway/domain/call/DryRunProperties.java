package dev.tierway.domain.call;

import static dev.tierway.domain.fixture.Failures.failure;
import static dev.tierway.domain.fixture.Models.model;
import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Past;
import dev.tierway.domain.fixture.Requests;
import dev.tierway.domain.fixture.ScriptedCall;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.routing.Choice;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A dry run is the first decision of the call, and takes nothing. */
class DryRunProperties {
    private final ManualClock clock = new ManualClock();

    private static String chosen(Selection selection, int round) {
        return selection.rounds().get(round).choice() instanceof Choice.Chosen chosen
                ? chosen.replica().replica().id() + " " + chosen.because() + " " + chosen.propensity() + " "
                        + chosen.score()
                : "nobody";
    }

    @Property(tries = 300)
    void decides_as_the_call_would(@ForAll long seed) {
        RandomFleets fleet = RandomFleets.of(seed);
        ScriptedCall.Plan plan = ScriptedCall.call(fleet.registry, fleet.request(), fleet.clock)
                .policy(fleet.policy())
                .seed(seed);

        Selection dry = DryRun.of(plan.spec(), fleet.registry, fleet.clock.nanos());
        ScriptedCall real = plan.started().clientLeaves();

        assertThat(chosen(dry, 0)).isEqualTo(chosen(real.selection(), 0));
        assertThat(dry.dryRun()).isTrue();
        assertThat(dry.attempts()).isZero();
    }

    @Example
    void enters_nobody() {
        ReplicaRegistry registry = Fleet.of("a/m").registry();

        DryRun.of(
                ScriptedCall.call(registry, Requests.tier(registry.catalogue()), clock)
                        .spec(),
                registry,
                clock.nanos());

        assertThat(new Past(registry, clock).view("a/m").state().inFlight()).isZero();
    }

    @Example
    void shows_that_the_call_would_escalate_with_permission() {
        ReplicaRegistry registry = Fleet.fleet()
                .with(replica("a/m"))
                .with(model("big").tier(ModelTier.FRONTIER))
                .with(replica("b/big"))
                .registry();
        new Past(registry, clock).failed("a/m", failure(FailureClass.CREDENTIAL), 1);

        Selection dry = DryRun.of(
                ScriptedCall.call(
                                registry,
                                Requests.tier(registry.catalogue())
                                        .escalatingTo(registry.catalogue(), ModelTier.FRONTIER),
                                clock)
                        .spec(),
                registry,
                clock.nanos());

        assertThat(chosen(dry, 0)).startsWith("b/big");
        assertThat(dry.rounds()).hasSize(1);
    }
}
