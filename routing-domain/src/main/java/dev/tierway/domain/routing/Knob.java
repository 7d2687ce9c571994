package dev.tierway.domain.routing;

import dev.tierway.domain.fleet.ReplicaView;
import org.jspecify.annotations.Nullable;

/** What may be turned, step by step, until a replica is first. In the order in which an explanation offers them. */
enum Knob {
    PRICE {
        @Override
        @Nullable
        Range range(Scene scene) {
            Score score = scene.score();
            long now = (long) (score.priceUsd() * 1e9);
            return now > 0 ? new Range(now, 0, score.priceKnown()) : null;
        }

        @Override
        Change at(long value, Range range) {
            return new Change.PriceAtMost(value, range.now, range.known);
        }
    },
    LATENCY {
        @Override
        @Nullable
        Range range(Scene scene) {
            long now = (long) (scene.score().seconds() * 1e6);
            return now > 1 ? new Range(now, 1, true) : null;
        }

        @Override
        Change at(long value, Range range) {
            return new Change.LatencyAtMost(value, range.now);
        }
    },
    SUCCESS {
        @Override
        @Nullable
        Range range(Scene scene) {
            long now = (long) (scene.score().success() * 1e4);
            long most = (long) (Succeeding.most(scene) * 1e4);
            return now < most ? new Range(now, most, true) : null;
        }

        @Override
        Change at(long value, Range range) {
            return new Change.SuccessAtLeast(value, range.now);
        }
    },
    HEADROOM {
        @Override
        @Nullable
        Range range(Scene scene) {
            Double share = scene.view().headroom();
            long enough = enough(scene);
            long now = share == null ? enough : (long) (share * 1e3);
            return now < enough ? new Range(now, enough, true) : null;
        }

        @Override
        Change at(long value, Range range) {
            return new Change.HeadroomAtLeast(value, range.now);
        }
    },
    IN_FLIGHT {
        @Override
        @Nullable
        Range range(Scene scene) {
            int now = scene.view().state().inFlight();
            return now > 0 ? new Range(now, 0, true) : null;
        }

        @Override
        Change at(long value, Range range) {
            return new Change.InFlightAtMost((int) value, (int) range.now);
        }
    },
    PRIORITY {
        @Override
        @Nullable
        Range range(Scene scene) {
            int now = scene.view().replica().priority();
            int least = now;
            for (ReplicaView view : scene.pool()) {
                least = Math.min(least, view.replica().priority());
            }
            boolean matters = scene.situation().features().ask().route() == null && !builtInBut(scene, PRIORITIES);
            return matters ? new Range(now, least - 1L, true) : null;
        }

        @Override
        Change at(long value, Range range) {
            return new Change.PriorityAtMost((int) value, (int) range.now);
        }
    },
    WEIGHT {
        @Override
        @Nullable
        Range range(Scene scene) {
            Ask ask = scene.situation().features().ask();
            double now = ask.weight(scene.view().replica());
            double most = now;
            for (ReplicaView view : scene.pool()) {
                most = Math.max(most, ask.weight(view.replica()));
            }
            return now < most && !builtInBut(scene, WEIGHTS)
                    ? new Range((long) (now * 1e3), (long) Math.ceil(most * 1e3), true)
                    : null;
        }

        @Override
        Change at(long value, Range range) {
            return new Change.WeightAtLeast(value / 1e3, range.now / 1e3);
        }
    },
    TURN {
        @Override
        @Nullable
        Range range(Scene scene) {
            return builtInBut(scene, TURNS) ? null : new Range(0, 1, true);
        }

        @Override
        Change at(long value, Range range) {
            return new Change.UsedLongestAgo();
        }
    },
    ORDER {
        @Override
        @Nullable
        Range range(Scene scene) {
            return scene.at() == 0 || builtInBut(scene, ORDERS) ? null : new Range(0, 1, true);
        }

        @Override
        Change at(long value, Range range) {
            return new Change.DeclaredFirst();
        }
    };

    private static final BuiltInStrategy[] PRIORITIES = {BuiltInStrategy.PRIORITY};
    private static final BuiltInStrategy[] WEIGHTS = {BuiltInStrategy.WEIGHTED};
    private static final BuiltInStrategy[] TURNS = {BuiltInStrategy.ROUND_ROBIN};
    private static final BuiltInStrategy[] ORDERS = {BuiltInStrategy.PRIORITY, BuiltInStrategy.SINGLE};

    /**
     * From where it is to the end of its way.
     *
     * @param known whether {@code now} is the replica's own value
     */
    record Range(long now, long extreme, boolean known) {
        /** @param part of 1,024 */
        long at(int part) {
            return now + Math.round((extreme - now) * (part / 1024.0));
        }
    }

    /** Null if it can't be turned, or nobody would look at it. */
    abstract @Nullable Range range(Scene scene);

    abstract Change at(long value, Range range);

    /** Thousandths of headroom from which on it presses no more. */
    private static long enough(Scene scene) {
        return Math.round(scene.situation().policy().quotaPressureBelow() * 1e3);
    }

    /** Whether the strategy is one that looks at other things; a strategy of one's own may look at anything. */
    private static boolean builtInBut(Scene scene, BuiltInStrategy[] these) {
        RankingStrategy strategy = scene.situation().policy().strategy();
        for (BuiltInStrategy one : these) {
            if (strategy == one) {
                return false;
            }
        }
        return strategy instanceof BuiltInStrategy;
    }
}
