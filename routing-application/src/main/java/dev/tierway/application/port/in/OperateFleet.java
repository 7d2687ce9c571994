package dev.tierway.application.port.in;

import java.util.concurrent.CompletionStage;

/** Takes replicas out of service and back, and switches rules and the general strategy, while the gateway runs, on all instances that share the storage. */
public interface OperateFleet {
    /**
     * Stores an order and obeys it. Completes once it is durable and in force here; other instances follow within seconds.
     *
     * <p>Fails with {@link dev.tierway.application.error.OverloadedException} if the storage didn't confirm it in time: it may
     * still come into force.
     *
     * @throws dev.tierway.application.error.InvalidRequestException saying what is wrong: an unknown id or strategy, an end that isn't in
     *     the future, a reason that is too long
     */
    CompletionStage<OperatorReceipt> operate(OperatorCommand command);

    /**
     * What is in force, and what was done lately.
     *
     * @param recent 1 to 1,000: at most so many of the latest changes
     * @throws dev.tierway.application.error.InvalidRequestException for another number
     */
    CompletionStage<OperatorActions> actions(int recent);
}
