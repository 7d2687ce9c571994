package dev.tierway.adapter.providers.simulated;

import dev.tierway.application.chat.Embedding;
import java.util.SplittableRandom;

/** A made-up embedding of length 1: the same text has the same one everywhere, other texts have others. */
final class SimulatedEmbedding {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private SimulatedEmbedding() {}

    static Embedding of(String text, int dimensions) {
        SplittableRandom random = new SplittableRandom(hash(text));
        double[] values = new double[dimensions];
        double squares = 0;
        for (int i = 0; i < dimensions; i++) {
            values[i] = random.nextDouble(-1, 1);
            squares += values[i] * values[i];
        }
        float[] unit = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            unit[i] = (float) (values[i] / Math.sqrt(squares));
        }
        return Embedding.of(unit);
    }

    /** Fowler, Noll and Vo's 1a, of the text's characters. */
    private static long hash(String text) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }
}
