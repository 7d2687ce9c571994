package dev.tierway.simulation.trace;

import dev.tierway.domain.fleet.Mixing;
import dev.tierway.simulation.Arrival;
import dev.tierway.simulation.Trace;
import java.util.ArrayList;
import java.util.List;

/**
 * Generated traffic: Poisson arrivals, or a Markov-modulated Poisson process of two states (Fischer and Meier-Hellstern
 * 1993) if it is bursty. Token counts are log-normal. Each seed makes other calls.
 */
public record Generated(GeneratedShape shape) implements Traffic {
    private static final double INPUT_SPREAD = 0.9;
    private static final double OUTPUT_SPREAD = 0.8;
    private static final int MOST_INPUT = 100_000;
    private static final int MOST_OUTPUT = 8_000;
    private static final int SHARED_PROMPTS = 16;
    private static final int BLOCK_TOKENS = 512;
    private static final double NANOS = 1e9;

    @Override
    public String name() {
        return shape.name();
    }

    @Override
    public Trace calls(long seed) {
        Luck luck = new Luck(Mixing.mix(seed, 0x6E));
        List<Arrival> calls = new ArrayList<>();
        double end = shape.minutes() * 60;
        double at = 0;
        boolean busy = false;
        double change = luck.exponential(1 / shape.quietSeconds());
        while (true) {
            double next = at + luck.exponential(shape.rate(busy));
            if (shape.isBursty() && next > change) {
                // Memoryless: what was left of the wait begins anew at the other state's rate.
                at = change;
                busy = !busy;
                change = at + luck.exponential(1 / (busy ? shape.busySeconds() : shape.quietSeconds()));
                if (at >= end) {
                    break;
                }
                continue;
            }
            at = next;
            if (at >= end) {
                break;
            }
            calls.add(call(at, luck));
        }
        if (calls.isEmpty()) {
            calls.add(call(0, luck));
        }
        return new Trace(name(), TraceReader.shifted(calls, calls.getFirst().atNanos()));
    }

    private Arrival call(double seconds, Luck luck) {
        List<Long> blocks = new ArrayList<>();
        if (luck.unit() < shape.shared()) {
            long prompt = (long) (luck.unit() * SHARED_PROMPTS);
            // The same length whenever the prompt comes: 2 to 5 blocks.
            for (long block = 0; block < 2 + prompt % 4; block++) {
                blocks.add(prompt * 100 + block);
            }
        }
        double own = shape.input() * luck.logNormal(INPUT_SPREAD);
        double output = shape.output() * luck.logNormal(OUTPUT_SPREAD);
        return new Arrival(
                (long) (seconds * NANOS),
                blocks.size() * BLOCK_TOKENS + (int) Math.clamp(own, 1, MOST_INPUT),
                (int) Math.clamp(output, 1, MOST_OUTPUT),
                blocks);
    }

    /** A stream of numbers from one seed. */
    private static final class Luck {
        private final long seed;
        private long drawn;

        Luck(long seed) {
            this.seed = seed;
        }

        double unit() {
            return Mixing.unit(seed, drawn++);
        }

        double exponential(double perSecond) {
            return -StrictMath.log(1 - unit()) / perSecond;
        }

        /** Of median 1 (Box and Muller 1958). */
        double logNormal(double spread) {
            double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - unit()));
            return StrictMath.exp(spread * radius * StrictMath.cos(2 * StrictMath.PI * unit()));
        }
    }
}
