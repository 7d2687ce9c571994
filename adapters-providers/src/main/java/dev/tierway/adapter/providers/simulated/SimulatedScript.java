package dev.tierway.adapter.providers.simulated;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a simulated model behaves. The same script and seed answer the n-th request alike in every run.
 *
 * @param seed of chance faults and filler words
 * @param firstToken until the first token
 * @param perToken between two tokens
 * @param outputTokens how long a text answer is
 * @param text how a text answer begins; {@code {where}}, {@code {model}} and {@code {prompt}} are filled in
 * @param faults the first one that hits a request is done to it
 * @param dimensions how many numbers its embeddings have if the request doesn't say
 * @param limits what its vendor limits and tells of it; null: nothing
 */
public record SimulatedScript(
        long seed,
        Duration firstToken,
        Duration perToken,
        int outputTokens,
        String text,
        List<ScriptedFault> faults,
        @Nullable SimulatedLimits limits,
        int dimensions) {
    public static final String DEFAULT_TEXT = "This is {model} at {where}. You said: {prompt}";

    /** Answers at once and never fails. */
    public static final SimulatedScript HEALTHY =
            new SimulatedScript(1, Duration.ZERO, Duration.ZERO, 24, DEFAULT_TEXT, List.of(), null);

    /** Of its embeddings if nothing is said. */
    public static final int DIMENSIONS = 16;

    /** One whose embeddings are small. */
    public SimulatedScript(
            long seed,
            Duration firstToken,
            Duration perToken,
            int outputTokens,
            String text,
            List<ScriptedFault> faults,
            @Nullable SimulatedLimits limits) {
        this(seed, firstToken, perToken, outputTokens, text, faults, limits, DIMENSIONS);
    }

    public SimulatedScript {
        if (dimensions < 1) {
            throw new IllegalArgumentException("a simulated embedding has 1 number or more, not " + dimensions);
        }
        faults = List.copyOf(faults);
        if (firstToken.isNegative() || perToken.isNegative()) {
            throw new IllegalArgumentException("a simulated latency must not be negative");
        }
        if (outputTokens < 1) {
            throw new IllegalArgumentException("a simulated answer has 1 token or more, not " + outputTokens);
        }
    }

    public SimulatedScript seed(long otherSeed) {
        return new SimulatedScript(otherSeed, firstToken, perToken, outputTokens, text, faults, limits, dimensions);
    }

    public SimulatedScript latency(Duration first, Duration each) {
        return new SimulatedScript(seed, first, each, outputTokens, text, faults, limits, dimensions);
    }

    public SimulatedScript outputTokens(int tokens) {
        return new SimulatedScript(seed, firstToken, perToken, tokens, text, faults, limits, dimensions);
    }

    public SimulatedScript text(String template) {
        return new SimulatedScript(seed, firstToken, perToken, outputTokens, template, faults, limits, dimensions);
    }

    /** With one more fault. */
    public SimulatedScript fault(ScriptedFault fault) {
        List<ScriptedFault> more = new ArrayList<>(faults);
        more.add(fault);
        return new SimulatedScript(seed, firstToken, perToken, outputTokens, text, more, limits, dimensions);
    }

    /** Under those limits. */
    public SimulatedScript limits(SimulatedLimits ofVendor) {
        return new SimulatedScript(seed, firstToken, perToken, outputTokens, text, faults, ofVendor, dimensions);
    }

    /** With embeddings of that many numbers. */
    public SimulatedScript dimensions(int numbers) {
        return new SimulatedScript(seed, firstToken, perToken, outputTokens, text, faults, limits, numbers);
    }
}
