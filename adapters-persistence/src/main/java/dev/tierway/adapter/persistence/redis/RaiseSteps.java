package dev.tierway.adapter.persistence.redis;

import dev.tierway.domain.quota.Floor;
import dev.tierway.domain.quota.Raised;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Raises budgets to what is known to be spent. */
final class RaiseSteps {
    private final RedisSteps steps;
    private final StepCount count;

    RaiseSteps(RedisSteps steps, StepCount count) {
        this.steps = steps;
        this.count = count;
    }

    /** What somebody else knows. */
    CompletableFuture<List<Raised>> raise(List<Floor> floors) {
        return run(floors, "0").thenApply(reply -> raised(floors, reply));
    }

    /**
     * What this instance knows.
     *
     * @param all whether with these, it has told everything: its steps count again from here
     */
    CompletableFuture<List<Raised>> raise(List<Floor> floors, boolean all) {
        return run(floors, all ? "1" : "0").thenApply(reply -> {
            if (all) {
                count.acknowledged((Long) reply.getLast());
            }
            return raised(floors, reply);
        });
    }

    private CompletableFuture<List<Object>> run(List<Floor> floors, String all) {
        List<String> args = RedisSteps.known(steps.args(), count.latest());
        args.add(all);
        for (Floor floor : floors) {
            Wire.floor(args, floor);
        }
        return steps.run(RedisScript.RAISE, args);
    }

    private static List<Raised> raised(List<Floor> floors, List<Object> reply) {
        List<Raised> raised = new ArrayList<>();
        for (int i = 0; i < floors.size(); i++) {
            long by = (Long) reply.get(i);
            if (by > 0) {
                raised.add(new Raised(floors.get(i).descriptor(), by));
            }
        }
        return raised;
    }
}
