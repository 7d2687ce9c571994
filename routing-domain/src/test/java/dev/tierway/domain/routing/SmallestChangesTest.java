package dev.tierway.domain.routing;

import static dev.tierway.domain.fixture.Demand.demand;
import static dev.tierway.domain.fixture.Policies.policy;
import static dev.tierway.domain.routing.Situations.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.Policies;
import dev.tierway.domain.fixture.Replicas;
import dev.tierway.domain.fixture.Requests;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.fleet.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Which sets of changes are offered, and that each is as small as it can be. */
class SmallestChangesTest {
    private static final long SEED = 2;
    private static final UnaryOperator<Requests> ANY = request -> request;

    private record Answer(WhyNot whyNot, Scene scene) {
        /** All sets offered, the first first. */
        List<List<Change>> sets() {
            List<List<Change>> sets = new ArrayList<>();
            if (!whyNot.changes().isEmpty()) {
                sets.add(whyNot.changes());
            }
            sets.addAll(whyNot.alternatives());
            return sets;
        }

        List<List<String>> codes() {
            return sets().stream()
                    .map(set -> set.stream().map(Change::code).toList())
                    .toList();
        }
    }

    private static Views view(String id, String price) {
        return Views.view(Replicas.replica(id).price(price, price), NOW);
    }

    private static Answer about(
            UnaryOperator<Requests> asked, Policies policy, RoutingProgress progress, ReplicaView... views) {
        List<ReplicaView> pool = List.of(views);
        RequestFeatures features =
                asked.apply(Requests.tier(Fleet.of("a/m").catalogue())).build();
        Choice choice = Situations.select(features, pool, policy, progress, SEED);
        Situation situation = Situations.with(features, policy, progress, SEED);
        WhyNot answer = Objects.requireNonNull(WhyNot.of(new ReplicaId("a/m"), choice, situation));
        return new Answer(answer, new Scene(situation, pool, 0));
    }

    private static Answer about(ReplicaView... pool) {
        return about(ANY, policy(), RoutingProgress.START, pool);
    }

    private static void assertSmallest(Answer answer) {
        for (List<Change> set : answer.sets()) {
            assertThat(Changed.by(set, answer.scene()).leads()).as("%s", set).isTrue();
            for (int i = 0; i < set.size(); i++) {
                List<Change> without = new ArrayList<>(set);
                Change one = without.remove(i);
                assertThat(Changed.by(without, answer.scene()).leads())
                        .as("without %s", one)
                        .isFalse();
                List<Change> weaker = new ArrayList<>(set);
                weaker.set(i, aStepBack(one));
                assertThat(one.equals(weaker.get(i))
                                || !Changed.by(weaker, answer.scene()).leads())
                        .as("%s instead of %s", weaker.get(i), one)
                        .isTrue();
            }
        }
    }

    private static Change aStepBack(Change change) {
        return switch (change) {
            case Change.PriceAtMost price -> new Change.PriceAtMost(price.nanoUsd() + 1, price.now(), price.known());
            case Change.LatencyAtMost latency -> new Change.LatencyAtMost(latency.micros() + 1, latency.now());
            case Change.SuccessAtLeast success ->
                new Change.SuccessAtLeast(success.tenThousandths() - 1, success.now());
            case Change.HeadroomAtLeast headroom ->
                new Change.HeadroomAtLeast(headroom.thousandths() - 1, headroom.now());
            case Change.InFlightAtMost calls -> new Change.InFlightAtMost(calls.calls() + 1, calls.now());
            default -> change;
        };
    }

    @Test
    void one_number_is_enough_if_it_can_make_up_for_the_difference() {
        Answer answer = about(view("a/m", "9").build(), view("b/m", "2").build());

        assertThat(answer.codes()).containsExactly(List.of("price_at_most"));
        assertSmallest(answer);
    }

    @Test
    void every_number_that_would_do_alone_is_offered() {
        Answer answer = about(
                view("a/m", "9").latency(3, 3).build(),
                view("b/m", "2").latency(3, 3).build());

        assertThat(answer.codes()).containsExactly(List.of("price_at_most"), List.of("latency_at_most"));
        assertSmallest(answer);
    }

    @Test
    void two_numbers_are_turned_by_about_the_same_share_of_their_ways() {
        Answer answer = about(
                view("a/m", "50").latency(50, 50).build(),
                view("b/m", "1").latency(0.5, 0.5).build());

        assertThat(answer.codes()).containsExactly(List.of("price_at_most", "latency_at_most"));
        assertSmallest(answer);
        Change.PriceAtMost price =
                (Change.PriceAtMost) answer.whyNot().changes().get(0);
        Change.LatencyAtMost latency =
                (Change.LatencyAtMost) answer.whyNot().changes().get(1);
        assertThat(price.nanoUsd() / (double) price.now()).isBetween(0.008, 0.016);
        assertThat(latency.micros() / (double) latency.now()).isBetween(0.008, 0.016);
    }

    private static Views busyAndScarce(String price) {
        return Views.view(Replicas.replica("a/m").price(price, price).limit(10), NOW)
                .headroom(0.1)
                .inFlight(5);
    }

    @Test
    void every_pair_that_would_do_is_offered() {
        Answer answer = about(
                busyAndScarce("9").latency(3, 3).results(50, 10).build(),
                view("b/m", "4").latency(2, 2).results(90, 0).build());

        assertThat(answer.codes())
                .containsExactly(
                        List.of("price_at_most", "latency_at_most"),
                        List.of("latency_at_most", "success_at_least"),
                        List.of("latency_at_most", "headroom_at_least"));
        assertSmallest(answer);
        assertThat(answer.sets().get(1).get(1))
                .isInstanceOfSatisfying(
                        Change.SuccessAtLeast.class,
                        success -> assertThat(success.now()).isEqualTo(8747));
        assertThat(answer.sets().get(2).get(1))
                .isInstanceOfSatisfying(
                        Change.HeadroomAtLeast.class,
                        headroom -> assertThat(headroom.now()).isEqualTo(100));
    }

    @Test
    void where_no_pair_helps_all_that_can_is_turned_and_what_is_not_needed_stays() {
        Answer answer = about(
                busyAndScarce("50").latency(30, 30).results(20, 60).build(),
                view("b/m", "0.1").latency(0.1, 0.1).results(900, 0).build());

        assertThat(answer.codes()).containsExactly(List.of("price_at_most", "latency_at_most", "success_at_least"));
        assertSmallest(answer);
    }

    @Test
    void what_needs_fewer_changes_goes_alone() {
        Answer answer = about(
                request -> request.under(demand().maxCostUsd(0.005).build()),
                policy(),
                RoutingProgress.START,
                view("a/m", "9").latency(3, 3).build(),
                view("b/m", "2").latency(3, 3).build());

        assertThat(answer.codes())
                .as("a lower latency would take the cap away, too")
                .containsExactly(List.of("price_at_most"));
        assertSmallest(answer);
    }

    @Test
    void a_lower_price_instead_of_the_cap_still_needs_what_else_refuses_it_taken_away() {
        Answer answer = about(
                request -> request.under(demand().maxCostUsd(0.005).exclude("a").build()),
                policy(),
                RoutingProgress.START,
                view("a/m", "9").build(),
                view("b/m", "2").build());

        assertThat(answer.codes()).containsExactly(List.of("option_dropped", "price_at_most"));
        assertThat(answer.whyNot().changes().getFirst())
                .isEqualTo(new Change.OptionDropped(Change.Option.EXCLUDE, List.of("a")));
        assertSmallest(answer);
    }

    @Test
    void no_price_is_offered_that_would_not_help() {
        Answer answer = about(
                request -> request.under(demand().maxCostUsd(0.005).build()),
                policy().localBonus(5),
                RoutingProgress.START,
                view("a/m", "9").build(),
                Views.view(Replicas.replica("b/m").local(), NOW).build());

        assertThat(answer.sets()).isEmpty();
        assertThat(answer.whyNot().fixed()).isEmpty();
        assertThat(answer.whyNot().decidedBy()).isEqualTo(DecidedBy.LOCAL_BONUS);
    }

    @Test
    void one_reason_taken_away_may_uncover_another() {
        Answer answer = about(
                Views.view(Replicas.replica("a/m").price("9", "9").weight(0).phase(Phase.STANDBY), NOW)
                        .build(),
                view("b/m", "2").build());

        assertThat(answer.codes()).containsExactly(List.of("weight_at_least", "phase_active", "price_at_most"));
        assertSmallest(answer);
    }

    @Test
    void all_reasons_taken_away_are_enough_if_it_is_the_best() {
        Answer answer = about(
                request -> request.under(demand().exclude("a").only("b").build()),
                policy(),
                RoutingProgress.START,
                view("a/m", "1").build(),
                view("b/m", "2").build());

        assertThat(answer.whyNot().changes())
                .containsExactly(
                        new Change.OptionDropped(Change.Option.EXCLUDE, List.of("a")),
                        new Change.OptionDropped(Change.Option.ONLY, List.of("b")));
        assertThat(answer.whyNot().alternatives()).isEmpty();
        assertThat(answer.whyNot().ahead()).isNull();
        assertThat(answer.whyNot().behindUsd()).isNull();
        assertSmallest(answer);
    }

    @Test
    void a_change_that_a_larger_one_contains_is_not_asked_for() {
        Answer answer = about(
                ANY,
                policy().strategy(Strategy.WEIGHTED),
                RoutingProgress.START,
                Views.view(Replicas.replica("a/m").weight(0), NOW).build(),
                Views.view(Replicas.replica("b/m").weight(9), NOW).build());

        assertThat(answer.sets())
                .singleElement()
                .satisfies(set -> assertThat(set)
                        .singleElement()
                        .isInstanceOfSatisfying(
                                Change.WeightAtLeast.class,
                                weight -> assertThat(weight.weight()).isEqualTo(9)));
        assertSmallest(answer);
    }

    /** Content with anything that is better than it was. */
    private static final class AnythingBetter implements RankingStrategy {
        @Override
        public Strategy id() {
            return new Strategy("anything-better");
        }

        @Override
        public Pick pick(List<Candidate> eligible, Situation situation) {
            Candidate own = eligible.stream()
                    .filter(one -> one.view().replica().id().value().equals("a/m"))
                    .findFirst()
                    .orElseThrow();
            ReplicaView view = own.view();
            boolean better = own.score().priceUsd() < 0.002
                    || own.score().seconds() < 5
                    || own.score().success() > 0.99
                    || Objects.requireNonNull(view.headroom()) > 0.3
                    || view.state().inFlight() < 2
                    || view.replica().priority() < 3
                    || view.replica().weight() > 3
                    || view.state().lastUsedNanos() == null;
            return Pick.of(better ? own : eligible.getLast(), 1);
        }
    }

    @Test
    void six_sets_are_enough_to_choose_from() {
        Answer answer = about(
                ANY,
                policy().strategy(new AnythingBetter()),
                RoutingProgress.START,
                Views.view(Replicas.replica("a/m").price("9", "9").priority(7).weight(2), NOW)
                        .latency(1, 1)
                        .results(50, 5)
                        .headroom(0.1)
                        .inFlight(5)
                        .lastUsed(NOW)
                        .build(),
                Views.view(Replicas.replica("b/m").weight(9), NOW)
                        .results(50, 1)
                        .build());

        assertThat(answer.codes())
                .containsExactly(
                        List.of("price_at_most"),
                        List.of("latency_at_most"),
                        List.of("success_at_least"),
                        List.of("headroom_at_least"),
                        List.of("in_flight_at_most"),
                        List.of("priority_at_most"));
        assertThat(answer.whyNot().decidedBy())
                .as("a strategy of one's own keeps its reasons")
                .isNull();
        assertSmallest(answer);
    }

    @Test
    void who_is_first_but_passed_over_for_a_probe_needs_nothing() {
        Answer answer =
                about(view("a/m", "1").build(), view("b/m", "2").halfOpen().build());

        assertThat(answer.whyNot().first()).isTrue();
        assertThat(answer.whyNot().chosen()).isFalse();
        assertThat(answer.whyNot().reasons()).isEmpty();
        assertThat(answer.whyNot().decidedBy()).as("no comparison").isNull();
        assertThat(answer.sets()).isEmpty();
    }

    @Test
    void who_is_first_but_passed_over_for_its_load_is_told_so() {
        Policies policy = policy().latencyValue(0);
        Answer answer = about(
                ANY,
                policy,
                RoutingProgress.START,
                view("a/m", "1").inFlight(2).build(),
                view("b/m", "1.1").build());

        assertThat(answer.whyNot().first()).isTrue();
        assertThat(answer.whyNot().chosen()).isFalse();
        assertThat(answer.whyNot().decidedBy()).isEqualTo(DecidedBy.LOAD);
        assertThat(answer.sets()).isEmpty();
    }

    @Test
    void of_equals_the_one_not_drawn_is_behind_by_nothing() {
        Answer answer = about(
                view("a/m", "1").build(),
                view("b/m", "1").build(),
                view("c/m", "1").build());

        assertThat(answer.whyNot().first()).isFalse();
        assertThat(answer.whyNot().behindUsd()).isEqualTo(0.0);
        assertThat(answer.whyNot().decidedBy()).isNull();
        assertThat(answer.whyNot().changes()).containsExactly(new Change.PriceAtMost(1_255_999, 1_256_000, true));
        assertSmallest(answer);
    }

    private static RoutingProgress holding(String model) {
        return new RoutingProgress(
                1, List.of(), List.of(), new ModelId(model), null, List.of(), 0, null, false, false, true, null);
    }

    @Test
    void a_better_one_waits_while_another_model_is_in_hand() {
        Answer answer = about(
                ANY,
                policy(),
                holding("n"),
                view("a/m", "1").build(),
                view("b/n", "2").build());

        assertThat(answer.whyNot().decidedBy()).isEqualTo(DecidedBy.MODEL_IN_HAND);
        assertThat(answer.whyNot().ahead()).isEqualTo(answer.scene().pool().get(1));
        assertThat(answer.whyNot().behindUsd()).as("it is ahead").isNull();
        assertThat(answer.sets()).isEmpty();
    }

    @Test
    void within_the_model_in_hand_the_terms_decide() {
        Answer answer = about(
                ANY,
                policy(),
                holding("m"),
                view("a/m", "3").build(),
                view("b/m", "2").build(),
                view("c/n", "1").build());

        assertThat(answer.whyNot().decidedBy()).isEqualTo(DecidedBy.PRICE);
        assertThat(answer.whyNot().ahead()).isEqualTo(answer.scene().pool().get(1));
        assertThat(answer.codes()).containsExactly(List.of("price_at_most"));
        assertSmallest(answer);
    }
}
