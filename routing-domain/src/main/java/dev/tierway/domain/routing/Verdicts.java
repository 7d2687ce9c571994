package dev.tierway.domain.routing;

import dev.tierway.domain.fleet.ReplicaView;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** The verdict on every candidate of a pool, put together when somebody reads it: few decisions are ever read. */
final class Verdicts extends AbstractList<Choice.Verdict> implements RandomAccess {
    private final List<ReplicaView> pool;
    private final List<List<Rejection>> reasons;
    private final List<List<Rejection>> bypassed;
    private final List<Candidate> scored;

    /** @param scored some of the pool, in its order */
    Verdicts(
            List<ReplicaView> pool,
            List<List<Rejection>> reasons,
            List<List<Rejection>> bypassed,
            List<Candidate> scored) {
        this.pool = pool;
        this.reasons = reasons;
        this.bypassed = bypassed;
        this.scored = scored;
    }

    /** Those that were scored, in the pool's order. */
    static List<Candidate> scored(List<Choice.Verdict> verdicts) {
        if (verdicts instanceof Verdicts own) {
            return own.scored;
        }
        List<Candidate> scored = new ArrayList<>(verdicts.size());
        for (int i = 0; i < verdicts.size(); i++) {
            Score score = verdicts.get(i).score();
            if (score != null) {
                scored.add(new Candidate(verdicts.get(i).replica(), score, i));
            }
        }
        return scored;
    }

    @Override
    public Choice.Verdict get(int i) {
        return new Choice.Verdict(
                pool.get(i), score(i), reasons.get(i), bypassed.isEmpty() ? List.of() : bypassed.get(i));
    }

    /** By binary search: places among the scored ascend. */
    private @Nullable Score score(int i) {
        int low = 0;
        int high = scored.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int declared = scored.get(middle).declared();
            if (declared == i) {
                return scored.get(middle).score();
            }
            if (declared < i) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }

    @Override
    public int size() {
        return pool.size();
    }
}
