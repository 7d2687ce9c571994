package dev.tierway.adapter.persistence;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Waits for what stores answer, for at most as long as a test may hang. */
public final class Answers {
    private Answers() {}

    public static <T> T of(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** What it failed with, without the wrapping of futures. */
    public static Throwable failure(CompletionStage<?> stage) {
        try {
            of(stage);
        } catch (CompletionException wrapped) {
            return wrapped.getCause();
        }
        throw new AssertionError("it should have failed");
    }
}
