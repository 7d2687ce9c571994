package dev.tierway.bootstrap.cli.conformance;

import dev.tierway.Tierway;
import dev.tierway.application.error.TierwayException;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.failure.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the cases, one after another. No case suffers from another's failure: after one, the next gets an engine that has
 * heard of nothing, with every circuit closed.
 */
public final class ConformanceKit implements AutoCloseable {
    /** Beyond a case's time: the engine's deadline should have ended the call by then. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final int WORDS_AT_MOST = 300;

    private final Supplier<Tierway> engines;
    private final Duration time;
    private Tierway engine;

    /**
     * @param engines start one that has measured nothing
     * @param time for each case
     */
    public ConformanceKit(Supplier<Tierway> engines, Duration time) {
        this.engines = engines;
        this.time = time;
        this.engine = engines.get();
    }

    public List<Finding> run(Replica replica) throws InterruptedException {
        Catalogue catalogue = engine.config().catalogue();
        Subject subject = Subject.of(catalogue, replica);
        List<Finding> findings = new ArrayList<>();
        for (Check check : Check.ALL) {
            String obstacle = check.obstacle().at(subject);
            findings.add(
                    obstacle == null
                            ? run(check, subject)
                            : new Finding(subject.id(), check.id(), Outcome.notApplicable(obstacle), 0));
        }
        return findings;
    }

    private Finding run(Check check, Subject subject) throws InterruptedException {
        long began = System.nanoTime();
        Finding finding =
                new Finding(subject.id(), check.id(), outcome(check, subject), (System.nanoTime() - began) / 1_000_000);
        if (finding.failed()) {
            engine.close();
            engine = engines.get();
        }
        return finding;
    }

    private Outcome outcome(Check check, Subject subject) throws InterruptedException {
        Line line = new Line(engine, subject, time);
        FutureTask<Outcome> task = new FutureTask<>(() -> check.probe().of(line));
        Thread.ofVirtual().name("conformance").start(task);
        try {
            return task.get(time.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            task.cancel(true);
            return Outcome.fail("not over after " + time.plus(GRACE).toSeconds() + " s, though its deadline was "
                    + time.toSeconds() + " s");
        } catch (ExecutionException failed) {
            return Outcome.fail(reason(failed.getCause()));
        } catch (InterruptedException interrupted) {
            task.cancel(true);
            throw interrupted;
        }
    }

    private static String reason(@Nullable Throwable cause) {
        if (cause instanceof Unfulfilled unfulfilled) {
            return String.valueOf(unfulfilled.getMessage());
        }
        return cause instanceof TierwayException call
                ? cut(words(call)) + " [" + call.code() + "]"
                : cut(String.valueOf(cause));
    }

    /** The failure itself where there is one: what a call's message says about retries and decisions is of no use here. */
    private static String words(TierwayException call) {
        CallResult result = call.selection().map(Selection::result).orElse(null);
        if (result instanceof CallResult.Exhausted(var replica, Failure last)) {
            return words(last);
        }
        return result instanceof CallResult.Broken(var replica, Failure last, var deadline)
                ? words(last)
                : String.valueOf(call.getMessage());
    }

    private static String words(Failure failure) {
        String status = failure.upstreamStatus() == null ? "" : " (HTTP " + failure.upstreamStatus() + ")";
        return failure.failureClass().id() + status + ": " + failure.message();
    }

    private static String cut(String words) {
        return words.length() <= WORDS_AT_MOST ? words : words.substring(0, WORDS_AT_MOST) + "…";
    }

    @Override
    public void close() {
        engine.close();
    }
}
