package dev.tierway.adapter.providers.simulated;

import java.util.SplittableRandom;

/** Which requests a fault hits. Requests of a model are counted from 1, since its script was last set. */
public sealed interface When {
    /** @param request the number of the request */
    boolean hits(long request, long seed);

    record Always() implements When {
        @Override
        public boolean hits(long request, long seed) {
            return true;
        }
    }

    /** Requests {@code from} to {@code to}, both included. */
    record Between(long from, long to) implements When {
        /** @throws IllegalArgumentException if no request could be hit */
        public Between {
            if (from < 1 || to < from) {
                throw new IllegalArgumentException("requests are counted from 1: " + from + " to " + to + " is none");
            }
        }

        @Override
        public boolean hits(long request, long seed) {
            return request >= from && request <= to;
        }
    }

    /** Requests n, 2n, 3n, … */
    record Every(long n) implements When {
        /** @throws IllegalArgumentException for n below 1 */
        public Every {
            if (n < 1) {
                throw new IllegalArgumentException("every-nth must be 1 or more, not " + n);
            }
        }

        @Override
        public boolean hits(long request, long seed) {
            return request % n == 0;
        }
    }

    /** Each request by itself, drawn from seed and number: the same in every run. */
    record Chance(double probability) implements When {
        private static final long MIXER = 0x9E3779B97F4A7C15L;

        /** @throws IllegalArgumentException unless the probability is within [0, 1] */
        public Chance {
            if (!(probability >= 0 && probability <= 1)) {
                throw new IllegalArgumentException("a probability lies within 0 and 1, not " + probability);
            }
        }

        @Override
        public boolean hits(long request, long seed) {
            return new SplittableRandom(seed ^ (request * MIXER)).nextDouble() < probability;
        }
    }

    static When always() {
        return new Always();
    }

    static When nth(long n) {
        return new Between(n, n);
    }
}
