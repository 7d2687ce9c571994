package dev.tierway.domain.call;

import static dev.tierway.domain.fixture.Failures.failure;
import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Past;
import dev.tierway.domain.fixture.Policies;
import dev.tierway.domain.fixture.Replicas;
import dev.tierway.domain.fixture.Requests;
import dev.tierway.domain.fixture.ScriptedCall;
import dev.tierway.domain.fleet.ReplicaRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same fleet, configured in another order, is the same fleet. */
class RebuiltCatalogueTest {
    private static List<Replicas> replicas() {
        return new ArrayList<>(List.of(
                replica("a/m").limit(20),
                replica("b/m").limit(20),
                replica("c/m").unpriced(),
                replica("d/m").price("1.1", "2.1"),
                replica("e/n").local(),
                replica("f/n"),
                replica("g/o").price("0.9", "1.9"),
                replica("h/o").price("1", "2")));
    }

    /** Where a call goes through three failures, for many seeds. */
    private static List<List<String>> journeys(List<Replicas> order) {
        List<List<String>> journeys = new ArrayList<>();
        for (int seed = 0; seed < 300; seed++) {
            Fleet fleet = Fleet.fleet();
            order.forEach(fleet::with);
            ReplicaRegistry registry = fleet.registry();
            ManualClock clock = new ManualClock();
            new Past(registry, clock)
                    .delivered("a/m", 7)
                    .delivered("b/m", 7, Duration.ofMillis(900), Duration.ofMillis(11))
                    .failed("f/n", failure(FailureClass.UPSTREAM_FAULT), 1)
                    .delivered("g/o", 3);
            journeys.add(ScriptedCall.call(registry, Requests.tier(registry.catalogue()), clock)
                    .policy(Policies.policy().exploration(0.1))
                    .seed(seed)
                    .started()
                    .fails(FailureClass.UPSTREAM_FAULT)
                    .fails(FailureClass.TIMEOUT)
                    .fails(FailureClass.TRANSPORT)
                    .sentTo());
        }
        return journeys;
    }

    @Test
    void calls_take_the_same_way_whatever_the_order_of_the_configuration() {
        List<List<String>> declared = journeys(replicas());
        List<Replicas> reversed = replicas();
        Collections.reverse(reversed);
        List<Replicas> rotated = replicas();
        Collections.rotate(rotated, 3);

        assertThat(declared.stream().distinct().count())
                .as("chance plays its part")
                .isGreaterThan(10);
        assertThat(journeys(reversed)).isEqualTo(declared);
        assertThat(journeys(rotated)).isEqualTo(declared);
    }
}
