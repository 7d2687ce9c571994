package dev.tierway.application.port.in;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What is kept of workflows. */
public interface QueryWorkflows {
    /**
     * Where a workflow goes on; empty of steps if it never began.
     *
     * @param key the API key in whose space the workflow is; null: calls without one
     * @return fails with an {@link dev.tierway.application.error.InvalidRequestException} if nothing is kept
     */
    CompletionStage<ResumePoint> resumePoint(@Nullable String key, String workflow);
}
