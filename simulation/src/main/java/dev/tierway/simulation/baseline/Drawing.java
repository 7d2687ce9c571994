package dev.tierway.simulation.baseline;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Draws a backend by chance. */
final class Drawing {
    private Drawing() {}

    /**
     * One of those that may be, each with a chance in proportion to its weight.
     *
     * @param draw in [0, 1)
     * @return null if none may be
     */
    static @Nullable Backend weighted(
            List<Backend> backends, Predicate<Backend> may, ToDoubleFunction<Backend> weight, double draw) {
        double all = 0;
        Backend last = null;
        for (Backend backend : backends) {
            if (backend.configured() && may.test(backend)) {
                all += weight.applyAsDouble(backend);
                last = backend;
            }
        }
        double left = draw * all;
        for (Backend backend : backends) {
            if (backend.configured() && may.test(backend)) {
                left -= weight.applyAsDouble(backend);
                if (left < 0) {
                    return backend;
                }
            }
        }
        return last;
    }

    /** The less costly of two drawn without replacement: the power of two choices (Mitzenmacher 2001). */
    static @Nullable Backend ofTwo(
            List<Backend> backends, Predicate<Backend> may, ToDoubleFunction<Backend> cost, Ride ride) {
        Backend first = weighted(backends, may, one -> 1, ride.dice(1));
        if (first == null) {
            return null;
        }
        int taken = first.index();
        Backend second = weighted(backends, one -> one.index() != taken && may.test(one), one -> 1, ride.dice(2));
        return second != null && cost.applyAsDouble(second) < cost.applyAsDouble(first) ? second : first;
    }
}
