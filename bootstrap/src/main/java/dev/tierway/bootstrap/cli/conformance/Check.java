package dev.tierway.bootstrap.cli.conformance;

import dev.tierway.domain.catalogue.Capability;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the fixed set of cases.
 *
 * @param id its name in tables and documents
 */
public record Check(String id, Obstacle obstacle, Probe probe) {
    /** In the order they are run. */
    public static final List<Check> ALL = List.of(
            new Check("unary", Check::chat, TextProbes::unary),
            new Check("stream", Check::streamed, TextProbes::stream),
            new Check("usage", Check::chat, TextProbes::usage),
            new Check("long-input", Check::longInput, TextProbes::longInput),
            new Check("json", subject -> claimed(subject, Capability.JSON), JsonProbe::json),
            new Check("tools", subject -> claimed(subject, Capability.TOOLS), ToolProbes::unary),
            new Check("tools-streamed", Check::streamedTools, ToolProbes::streamed),
            new Check("errors", Check::chat, TroubleProbes::errors),
            new Check("cancellation", Check::streamed, TroubleProbes::cancellation),
            new Check("embeddings", Check::embeddings, EmbeddingProbe::embeddings));

    /** Asks, and judges the answer. */
    interface Probe {
        /** @throws Unfulfilled if the answer isn't what was asked for */
        Outcome of(Line line);
    }

    /** Says why a case tells nothing about a replica; null if it does. */
    interface Obstacle {
        @Nullable
        String at(Subject subject);
    }

    private static @Nullable String chat(Subject subject) {
        return subject.chats() ? null : "the model only embeds";
    }

    private static @Nullable String claimed(Subject subject, Capability capability) {
        return !subject.chats() || subject.can(capability)
                ? chat(subject)
                : "the model doesn't claim " + capability.id();
    }

    private static @Nullable String streamed(Subject subject) {
        return claimed(subject, Capability.STREAMING);
    }

    private static @Nullable String streamedTools(Subject subject) {
        String tools = claimed(subject, Capability.TOOLS);
        return tools == null ? streamed(subject) : tools;
    }

    private static @Nullable String longInput(Subject subject) {
        Integer window = subject.model().contextWindow();
        return subject.chats() && window != null && window < TextProbes.LONG_WINDOW
                ? "a window of " + window + " tokens is too small for it"
                : chat(subject);
    }

    private static @Nullable String embeddings(Subject subject) {
        return subject.can(Capability.EMBEDDINGS) ? null : "the model doesn't claim " + Capability.EMBEDDINGS.id();
    }
}
