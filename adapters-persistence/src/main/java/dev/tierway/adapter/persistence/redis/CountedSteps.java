package dev.tierway.adapter.persistence.redis;

import dev.tierway.adapter.persistence.StoreException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

/** Steps after which a server that forgot them is found out: before the next one takes anything, what it lost is put back. */
final class CountedSteps {
    private static final String LOST = "L";

    private final RedisSteps steps;
    private final StepCount count;
    private final LostSteps lost;
    private final LongConsumer again;

    /** @param again has attempts told again that later steps were of */
    CountedSteps(RedisSteps steps, StepCount count, LostSteps lost, LongConsumer again) {
        this.steps = steps;
        this.count = count;
        this.lost = lost;
        this.again = again;
    }

    /** How often the server was found to have lost something. */
    long losses() {
        return lost.losses();
    }

    List<String> args() {
        return steps.args();
    }

    /** However long it takes: whoever asks wants to know even after it told its own caller that it failed. */
    CompletableFuture<List<Object>> sent(RedisScript script, List<String> args) {
        return sent(script, args, true);
    }

    private CompletableFuture<List<Object>> sent(RedisScript script, List<String> args, boolean first) {
        return steps.sent(script, RedisSteps.known(args, count.latest())).thenCompose(reply -> {
            if (LOST.equals(reply.getFirst())) {
                return first
                        ? lost.putBack((Long) reply.get(1), again).thenCompose(done -> sent(script, args, false))
                        : CompletableFuture.failedFuture(
                                new StoreException("Redis keeps losing what it has acknowledged: does it fail over all"
                                        + " the time, or do several servers answer at one address?"));
            }
            long step = (Long) reply.getLast();
            if (!count.acknowledged(step)) {
                // It was on its way before we knew of anything later: it is done, and those after it wait.
                var unused = lost.putBack(step - 1, again);
            }
            return CompletableFuture.completedFuture(reply);
        });
    }

    CompletableFuture<List<Object>> run(RedisScript script, List<String> args) {
        return steps.inTime(sent(script, args));
    }

    /** The same answer, or a failure in words, also if it takes too long. */
    <T> CompletableFuture<T> inTime(CompletableFuture<T> answer) {
        return steps.inTime(answer);
    }
}
