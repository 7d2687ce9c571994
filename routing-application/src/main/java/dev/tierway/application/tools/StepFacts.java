package dev.tierway.application.tools;

import dev.tierway.application.port.in.CallOptions;
import dev.tierway.domain.catalogue.Target;
import java.util.List;

/**
 * Where a conversation is.
 *
 * @param number of the step that comes or came, from 1
 * @param options of this step's call
 * @param before the steps behind it, oldest first
 */
public record StepFacts(Target target, int number, CallOptions options, List<ToolStep> before) {
    public StepFacts {
        before = List.copyOf(before);
    }
}
