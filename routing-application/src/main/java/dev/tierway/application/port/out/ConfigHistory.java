package dev.tierway.application.port.out;

import dev.tierway.application.config.ConfigGeneration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The configurations that were put in force, by everybody who uses the same storage; the newest {@link #MOST} at least. */
public interface ConfigHistory extends AutoCloseable {
    int MOST = 1000;

    /**
     * Keeps one and gives it a number. If the newest has the same text and a number above that bound, that number is given and
     * nothing is added: instances that read the same file one after the other name it alike.
     *
     * @param next its own number doesn't matter
     * @param above the number given is higher
     * @return the number, once it is durable
     */
    CompletionStage<Long> append(ConfigGeneration next, long above);

    /** Newest first; at most {@code limit}, which is 1 or more. */
    CompletionStage<List<ConfigGeneration>> latest(int limit);

    CompletionStage<Optional<ConfigGeneration>> find(long number);

    @Override
    void close();
}
