package dev.tierway.application.port.out;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What operators have ordered, kept for restarts and for the other instances: of each topic and scope the latest action, also
 * one that has ended or takes an earlier one back.
 *
 * <p>Numbers count up, and nobody who has seen one ever learns of a lower one later: a store whose transactions may commit in
 * another order than they take numbers has to keep writers apart.
 */
public interface OperatorState extends AutoCloseable {
    /** Stores it in place of the one before on the same topic and scope. Completes with its number once it is durable. */
    CompletionStage<Long> put(GivenOrder order);

    /** Those with a higher number, ascending; from everybody who uses the same storage. */
    CompletionStage<List<NumberedOrder>> after(long number);

    @Override
    void close();
}
