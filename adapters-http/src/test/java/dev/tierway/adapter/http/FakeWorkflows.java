package dev.tierway.adapter.http;

import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.error.TierwayException;
import dev.tierway.application.port.in.QueryWorkflows;
import dev.tierway.application.port.in.ResumePoint;
import dev.tierway.application.port.out.Checkpoint;
import dev.tierway.application.port.out.SharedState;
import dev.tierway.application.port.out.StepKey;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One workflow that goes on, and one about which nothing can be said. */
final class FakeWorkflows {
    static final QueryWorkflows ONE = (key, workflow) -> workflow.equals("off")
            ? CompletableFuture.failedFuture(new InvalidRequestException(
                    TierwayException.Details.of(400, "invalid_request", "checkpoints are off")))
            : CompletableFuture.completedFuture(new ResumePoint(
                    workflow,
                    List.of(new Checkpoint(
                            new StepKey(null, workflow, "plan"),
                            "h",
                            "ann",
                            "dec_1",
                            "a/m",
                            List.of("b/m"),
                            "the reply",
                            10,
                            20,
                            5_000_000L,
                            0,
                            1000,
                            3)),
                    new SharedState(3, "{\"n\":1}", "h", null, 2000)));

    private FakeWorkflows() {}
}
