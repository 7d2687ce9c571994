package dev.tierway.simulation;

import dev.tierway.simulation.world.FaultKind;
import dev.tierway.simulation.world.FaultMix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What goes wrong, from 30 % to 70 % of a trace's window, on top of ordinary bad luck. A fault meets attempts sent while
 * it lasts; those already being answered go on. The faulted replica is the one declared first, the faulted provider is
 * its.
 */
enum Scenario {
    /** Nothing. */
    HEALTHY(Struck.NOBODY, false),
    /** The first replica takes five times as long. */
    SLOW_REPLICA(Struck.FIRST, false),
    /** The first replica answers 429 within 5 ms and doesn't say when to come back. */
    FAST_FAILURE(Struck.FIRST, true),
    /** The first replica answers 503 for 30 s, works for 30 s, and so on. */
    FLAPPING(Struck.FIRST, false),
    /** The first replica accepts everything and answers nothing. */
    BLACK_HOLE(Struck.FIRST, true),
    /** The first provider is down: refuses connections, lets them time out, or answers 503. */
    PROVIDER_OUTAGE(Struck.PROVIDER, true),
    /** All providers are. */
    TOTAL_OUTAGE(Struck.ALL, false),
    /** The first provider's account has no credit left; then it is filled up again. */
    QUOTA_EXHAUSTED(Struck.PROVIDER, true),
    /** The first replica's price is raised tenfold, in truth and configuration alike. */
    PRICE_X10(Struck.FIRST, false),
    /** The first replica is taken down and out of the configuration, and a newcomer put in its place; then back again. */
    REPLICA_ADDED_REMOVED(Struck.FIRST, false),
    /** The first provider takes seven times as long. */
    BROWN_OUT(Struck.PROVIDER, false);

    private static final double BEGIN = 0.3;
    private static final double END = 0.7;
    private static final double SLOW = 5;
    private static final double BROWN = 7;
    private static final double DEAR = 10;
    private static final long FLAP_NANOS = 30_000_000_000L;

    private enum Struck {
        NOBODY,
        FIRST,
        PROVIDER,
        ALL
    }

    private final Struck struck;
    private final boolean dead;
    private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');

    Scenario(Struck struck, boolean dead) {
        this.struck = struck;
        this.dead = dead;
    }

    String id() {
        return id;
    }

    static Scenario of(String id) {
        for (Scenario scenario : values()) {
            if (scenario.id.equals(id)) {
                return scenario;
            }
        }
        throw new IllegalArgumentException("unknown scenario '" + id + "'; there are " + ids());
    }

    static List<String> ids() {
        return Arrays.stream(values()).map(Scenario::id).toList();
    }

    private static long begins(long windowNanos) {
        return (long) (BEGIN * windowNanos);
    }

    private static long ends(long windowNanos) {
        return (long) (END * windowNanos);
    }

    /** All of it, for one fleet and window. */
    Plot plot(SizedFleet fleet, long windowNanos) {
        long from = begins(windowNanos);
        long until = ends(windowNanos);
        List<Plot.Change> changes = configuration().equals(Configuration.NORMAL)
                ? List.of()
                : List.of(new Plot.Change(from, configuration()), new Plot.Change(until, Configuration.NORMAL));
        List<Integer> faulted = faulted(fleet);
        return new Plot(faults(fleet, from, until), changes, faulted, from, until, dead && fleet.canDoWithout(faulted));
    }

    private List<Integer> faulted(SizedFleet fleet) {
        return switch (struck) {
            case NOBODY -> List.of();
            case FIRST -> List.of(0);
            case PROVIDER -> fleet.ofFirstProvider();
            case ALL -> IntStream.range(0, fleet.newcomer()).boxed().toList();
        };
    }

    private List<Fault> faults(SizedFleet fleet, long from, long until) {
        List<Fault> faults = new ArrayList<>();
        for (int replica : faulted(fleet)) {
            Effect effect = effect();
            if (this == FLAPPING) {
                for (long at = from; at < until; at += 2 * FLAP_NANOS) {
                    faults.add(new Fault(replica, at, Math.min(until, at + FLAP_NANOS), effect));
                }
            } else {
                faults.add(new Fault(replica, from, until, effect));
            }
        }
        if (this == REPLICA_ADDED_REMOVED) {
            faults.add(new Fault(fleet.newcomer(), from, until, new Effect.There()));
        }
        return faults;
    }

    private Effect effect() {
        return switch (this) {
            case HEALTHY, SLOW_REPLICA -> new Effect.Slow(SLOW);
            case FAST_FAILURE -> new Effect.Fails(FaultMix.only(FaultKind.RATE_LIMITED));
            case FLAPPING -> new Effect.Fails(FaultMix.only(FaultKind.OVERLOADED));
            case BLACK_HOLE -> new Effect.Fails(FaultMix.only(FaultKind.BLACK_HOLE));
            case PROVIDER_OUTAGE, TOTAL_OUTAGE -> new Effect.Fails(FaultMix.DOWN);
            case QUOTA_EXHAUSTED -> new Effect.Fails(FaultMix.only(FaultKind.ACCOUNT_EXHAUSTED));
            case PRICE_X10 -> new Effect.Dear(DEAR);
            case REPLICA_ADDED_REMOVED -> new Effect.Gone();
            case BROWN_OUT -> new Effect.Slow(BROWN);
        };
    }

    /** What the operator has configured while the fault lasts. */
    private Configuration configuration() {
        return switch (this) {
            case PRICE_X10 -> new Configuration(true, false, DEAR);
            case REPLICA_ADDED_REMOVED -> new Configuration(false, true, 1);
            case HEALTHY,
                    SLOW_REPLICA,
                    FAST_FAILURE,
                    FLAPPING,
                    BLACK_HOLE,
                    PROVIDER_OUTAGE,
                    TOTAL_OUTAGE,
                    QUOTA_EXHAUSTED,
                    BROWN_OUT -> Configuration.NORMAL;
        };
    }
}
