package dev.tierway.simulation.trace;

import dev.tierway.domain.fleet.Mixing;
import dev.tierway.simulation.Arrival;
import dev.tierway.simulation.Trace;
import java.time.Duration;
import java.util.List;

/**
 * A recorded trace. Of a longer one, each seed picks a window that starts anywhere in it; a shorter one is run whole.
 *
 * @param trace sorted by time, with at least one call
 */
public record Recorded(Trace trace, Duration window) implements Traffic {
    /** Long enough for faults to begin, be noticed and end. */
    public static final Duration USUAL_WINDOW = Duration.ofMinutes(10);

    private static final long START = 0x57;

    public Recorded {
        if (trace.arrivals().isEmpty() || window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("a trace with calls and a window of some length are needed");
        }
    }

    /** The whole file, in windows of the usual length. */
    public static Recorded of(Trace trace) {
        return new Recorded(trace, USUAL_WINDOW);
    }

    @Override
    public String name() {
        return trace.name();
    }

    @Override
    public Trace calls(long seed) {
        List<Arrival> all = trace.arrivals();
        long spare = all.getLast().atNanos() - window.toNanos();
        if (spare <= 0) {
            return trace;
        }
        long from = (long) (Mixing.unit(seed, START) * spare);
        int first = firstFrom(all, from);
        // Never empty: what a silent stretch lacks, the call after it makes up for.
        int end = Math.max(first + 1, firstFrom(all, from + window.toNanos()));
        List<Arrival> calls = all.subList(first, end);
        return new Trace(
                trace.name(), TraceReader.shifted(calls, calls.getFirst().atNanos()));
    }

    private static int firstFrom(List<Arrival> sorted, long nanos) {
        int low = 0;
        int high = sorted.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted.get(middle).atNanos() < nanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
