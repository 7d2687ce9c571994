package dev.tierway.domain.routing;

import static dev.tierway.domain.fixture.Policies.policy;
import static dev.tierway.domain.routing.Situations.NOW;
import static dev.tierway.domain.routing.Situations.replica;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.fleet.Views;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A verdict on every candidate, scored or not, each in its place. */
class VerdictsTest {
    private static final Rejection DRAINING = new Rejection.InPhase(Phase.DRAINING, null);

    private final List<ReplicaView> pool = pool(7);
    private final List<Score> scores = Situations.scores(pool, policy());

    private static List<ReplicaView> pool(int size) {
        List<ReplicaView> pool = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            pool.add(Views.view(replica(i), NOW).build());
        }
        return pool;
    }

    /** The candidates at those places are scored, the others drain. */
    private Verdicts scoredAt(Integer... places) {
        List<Integer> scored = List.of(places);
        List<List<Rejection>> reasons = new ArrayList<>();
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < pool.size(); i++) {
            reasons.add(scored.contains(i) ? List.of() : List.of(DRAINING));
            if (scored.contains(i)) {
                candidates.add(new Candidate(pool.get(i), scores.get(i), i));
            }
        }
        return new Verdicts(pool, reasons, List.of(), candidates);
    }

    @Test
    void each_candidate_has_its_own_score_whichever_were_scored() {
        for (Integer[] places : new Integer[][] {{}, {0}, {6}, {3}, {0, 6}, {1, 3}, {2, 4, 5}, {0, 1, 2, 3, 4, 5, 6}}) {
            Verdicts verdicts = scoredAt(places);
            assertThat(verdicts).hasSize(7);
            for (int i = 0; i < 7; i++) {
                boolean scored = List.of(places).contains(i);
                assertThat(verdicts.get(i))
                        .isEqualTo(new Choice.Verdict(
                                pool.get(i),
                                scored ? scores.get(i) : null,
                                scored ? List.of() : List.of(DRAINING),
                                List.of()));
                assertThat(verdicts.get(i).eligible()).isEqualTo(scored);
            }
        }
    }

    @Test
    void what_a_pin_skipped_is_told_with_the_candidate_it_was_skipped_for() {
        List<ReplicaView> two = pool.subList(0, 2);
        Verdicts verdicts =
                new Verdicts(two, List.of(List.of(), List.of()), List.of(List.of(), List.of(DRAINING)), List.of());

        assertThat(verdicts.get(0).bypassed()).isEmpty();
        assertThat(verdicts.get(1).bypassed()).containsExactly(DRAINING);
    }

    @Test
    void the_scored_are_found_again_with_their_places_also_in_a_copy() {
        Verdicts verdicts = scoredAt(1, 4);
        List<Candidate> scored =
                List.of(new Candidate(pool.get(1), scores.get(1), 1), new Candidate(pool.get(4), scores.get(4), 4));

        assertThat(Verdicts.scored(verdicts)).isEqualTo(scored);
        assertThat(Verdicts.scored(verdicts)).as("not made anew").isSameAs(Verdicts.scored(verdicts));
        assertThat(Verdicts.scored(List.copyOf(verdicts))).isEqualTo(scored);
    }
}
