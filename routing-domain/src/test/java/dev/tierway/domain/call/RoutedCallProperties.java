package dev.tierway.domain.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fleet.Circuit;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.routing.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** Whole calls through random fleets, random failures and random orders of events. */
class RoutedCallProperties {
    private static final int TRIES = 1000;

    @Property(tries = TRIES)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void attempts_are_bounded(@ForAll long seed) {
        RandomRide ride = RandomRide.failing(seed);
        List<Action.Send> sends = ride.call.actions(Action.Send.class);
        Statistics.label("sends").collect(sends.size()).coverage(sizes -> {
            for (int n = 1; n <= 4; n++) {
                sizes.check(n).percentage(share -> share > 5);
            }
        });

        assertThat(sends).hasSizeLessThanOrEqualTo(ride.features.ask().pinned() ? 1 : 4);
        Map<String, Integer> perModel = new TreeMap<>();
        sends.forEach(send -> perModel.merge(send.replica().model().value(), 1, Integer::sum));
        assertThat(perModel.values()).allMatch(count -> count <= 3);
        assertThat(ride.call.over()).isTrue();
    }

    @Property(tries = TRIES)
    void nobody_ineligible_and_nobody_left_is_ever_chosen(@ForAll long seed) {
        RandomRide ride = RandomRide.failing(seed);

        List<Replica> tried = new ArrayList<>();
        FailureClass last = null;
        for (Round round : ride.call.selection().rounds()) {
            if (round.choice() instanceof Choice.Chosen chosen) {
                Replica replica = chosen.replica().replica();
                if (tried.contains(replica)) {
                    assertThat(last).as("only a rest may be repeated").matches(FailureClass::coolsDown);
                    assertThat(tried.getLast()).isEqualTo(replica);
                }
                tried.add(replica);
                last = round.result() == null || round.result().failure() == null
                        ? last
                        : round.result().failure().failureClass();
                eligible(ride, round, chosen);
            }
        }
    }

    private static void eligible(RandomRide ride, Round round, Choice.Chosen chosen) {
        List<ReplicaView> fleet = ride.seen.get(round.n());
        ReplicaView view = fleet.stream()
                .filter(one -> one.replica().equals(chosen.replica().replica()))
                .findFirst()
                .orElseThrow();
        long now = round.atNanos();
        boolean pinned = ride.features.ask().pinned();
        Integer limit = view.replica().concurrency();

        assertThat(limit == null || view.state().inFlight() <= limit).as("room").isTrue();
        assertThat(view.state().cooldown().active(now)).as("rest").isFalse();
        assertThat(view.provider().cooldown().active(now))
                .as("the provider's rest")
                .isFalse();
        assertThat(view.standing().markedUnhealthy()).as("mark").isNull();
        if (pinned) {
            return;
        }
        assertThat(view.phase()).isNotEqualTo(Phase.DRAINING);
        assertThat(view.replica().weight()).isPositive();
        if (chosen.because() != Choice.Because.LAST_RESORT) {
            Circuit.Phase phase = view.circuit(now);
            assertThat(phase).isNotEqualTo(Circuit.Phase.OPEN);
            assertThat(phase == Circuit.Phase.HALF_OPEN)
                    .as("a half-open one is entered as its probe only")
                    .isEqualTo(chosen.because() == Choice.Because.HALF_OPEN_PROBE);
        }
        if (view.phase() == Phase.STANDBY) {
            assertThat(chosen.verdicts())
                    .as("nobody active of its model was eligible")
                    .noneMatch(one -> one.eligible()
                            && one.replica().phase() == Phase.ACTIVE
                            && one.bypassed().isEmpty()
                            && one.replica().model().equals(view.model()));
        }
    }

    @Property(tries = 2 * TRIES)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void permits_reservations_and_calls_end_exactly_once_in_every_order_of_events(@ForAll long seed) {
        RandomRide ride = RandomRide.wild(seed);
        Statistics.label("attempts").collect(ride.seen.size()).coverage(sizes -> {
            for (int n = 0; n <= 4; n++) {
                sizes.check(n).percentage(share -> share > 2);
            }
        });

        assertThat(ride.call.settled()).isTrue();
        assertThat(ride.call.actions(Action.Finish.class)).hasSize(1);
        assertThat(ride.inFlight()).isZero();
        for (int n : ride.seen.keySet()) {
            AttemptId id = ride.call.attempt(n);
            long ends = ride.call.actions(Action.Settle.class).stream()
                            .filter(one -> one.attempt().equals(id))
                            .count()
                    + ride.call.actions(Action.Refund.class).stream()
                            .filter(one -> one.attempt().equals(id))
                            .count();
            assertThat(ends).as(id.toString()).isEqualTo(ride.granted.contains(id) ? 1 : 0);
        }
    }

    @Property(tries = TRIES)
    void one_attempt_at_most_is_relayed_and_nothing_is_reserved_after_it(@ForAll long seed) {
        RandomRide ride = RandomRide.wild(seed);

        List<Action> actions = ride.call.actions();
        List<Action.Relay> relays = ride.call.actions(Action.Relay.class);
        assertThat(relays).hasSizeLessThanOrEqualTo(1);
        if (!relays.isEmpty()) {
            List<Action> after = actions.subList(actions.indexOf(relays.getFirst()), actions.size());
            assertThat(after).noneMatch(one -> one instanceof Action.Reserve || one instanceof Action.Send);
        }
        assertThat(ride.call.actions(Action.Send.class)).hasSizeLessThanOrEqualTo(4);
    }

    @Property(tries = TRIES)
    void after_the_end_only_settling_follows(@ForAll long seed) {
        RandomRide ride = RandomRide.wild(seed);

        List<Action> actions = ride.call.actions();
        Action finish = ride.call.actions(Action.Finish.class).getFirst();
        List<Action> after = actions.subList(actions.indexOf(finish) + 1, actions.size());
        assertThat(after).allMatch(one -> one instanceof Action.Settle || one instanceof Action.Refund);
    }

    @Property(tries = TRIES)
    void the_same_inputs_and_the_same_seed_give_the_same_decisions(@ForAll long seed) {
        assertThat(trace(RandomRide.wild(seed))).isEqualTo(trace(RandomRide.wild(seed)));
    }

    private static List<String> trace(RandomRide ride) {
        List<String> trace = new ArrayList<>();
        for (Round round : ride.call.selection().rounds()) {
            switch (round.choice()) {
                case Choice.Chosen chosen ->
                    trace.add(chosen.replica().replica().id() + " " + chosen.because() + " " + chosen.propensity() + " "
                            + chosen.score() + " " + round.seed());
                case Choice.Nobody nobody -> trace.add(nobody.refusal() + " " + nobody.parkUntilNanos());
            }
            round.choice().verdicts().forEach(one -> trace.add(one.rejections() + " " + one.score()));
        }
        ride.call.actions().stream()
                .filter(one -> !(one instanceof Action.Finish))
                .forEach(one -> trace.add(one.toString()));
        return trace;
    }
}
