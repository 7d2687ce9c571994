package dev.tierway.simulation;

import dev.tierway.simulation.world.FaultKind;
import dev.tierway.simulation.world.FaultMix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Random traffic and random misfortune for a {@link Soak}. */
final class HostileTraces {
    private static final int MOST_FAULTS = 3;
    private static final int MOST_CHANGES = 4;
    private static final int SESSIONS = 20;

    private HostileTraces() {}

    static Trace trace(int calls, SplittableRandom dice) {
        double perSecond = 2 + 28 * dice.nextDouble();
        boolean blocks = dice.nextInt(5) == 0;
        List<Arrival> arrivals = new ArrayList<>(calls);
        double at = 0;
        for (int i = 0; i < calls; i++) {
            int input = size(4000, dice);
            arrivals.add(new Arrival((long) at, input, size(400, dice), blocks ? prefix(input, dice) : List.of()));
            at -= 1e9 * StrictMath.log(1 - dice.nextDouble()) / perSecond;
        }
        return new Trace("soak", arrivals);
    }

    /** Mostly small, sometimes very large. */
    private static int size(int typical, SplittableRandom dice) {
        double share = dice.nextDouble();
        return 1 + (int) (typical * 4 * share * share * share);
    }

    private static List<Long> prefix(int input, SplittableRandom dice) {
        long session = dice.nextInt(SESSIONS);
        return IntStream.range(0, input / 512).mapToObj(i -> session * 1000 + i).toList();
    }

    static Plot plot(SizedFleet fleet, long windowNanos, SplittableRandom dice) {
        List<Fault> faults = new ArrayList<>();
        for (int replica = 0; replica < fleet.newcomer(); replica++) {
            for (int i = dice.nextInt(MOST_FAULTS + 1); i > 0; i--) {
                long from = dice.nextLong(windowNanos);
                faults.add(new Fault(replica, from, from + dice.nextLong(windowNanos / 2) + 1, effect(dice)));
            }
        }
        faults.add(new Fault(fleet.newcomer(), 0, 2 * windowNanos, new Effect.There()));
        List<Plot.Change> changes = new ArrayList<>();
        for (int i = dice.nextInt(MOST_CHANGES + 1); i > 0; i--) {
            changes.add(new Plot.Change(
                    dice.nextLong(windowNanos),
                    new Configuration(dice.nextBoolean(), dice.nextBoolean(), dice.nextBoolean() ? 10 : 1)));
        }
        changes.sort(Comparator.comparingLong(Plot.Change::atNanos));
        return new Plot(faults, changes, List.of(), windowNanos / 4, windowNanos / 2, false);
    }

    private static Effect effect(SplittableRandom dice) {
        return switch (dice.nextInt(6)) {
            case 0 -> new Effect.Fails(FaultMix.DOWN);
            case 1 -> new Effect.Slow(2 + 60 * dice.nextDouble());
            case 2 -> new Effect.Gone();
            case 3 -> new Effect.Fails(FaultMix.ORDINARY);
            default -> new Effect.Fails(FaultMix.only(FaultKind.values()[dice.nextInt(FaultKind.values().length)]));
        };
    }
}
