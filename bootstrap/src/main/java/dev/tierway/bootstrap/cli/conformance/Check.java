package dev.tierway.bootstrap.cli.conformance;

import dev.tierway.domain.catalogue.Capability;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fixed set of cases, in the order they are run. */
public enum Check {
    UNARY(Check::chat, TextProbes::unary),
    STREAM(Check::streamed, TextProbes::stream),
    USAGE(Check::chat, TextProbes::usage),
    LONG_INPUT(Check::longInput, TextProbes::longInput),
    JSON(subject -> claimed(subject, Capability.JSON), JsonProbe::json),
    TOOLS(subject -> claimed(subject, Capability.TOOLS), ToolProbes::unary),
    TOOLS_STREAMED(Check::streamedTools, ToolProbes::streamed),
    ERRORS(Check::chat, TroubleProbes::errors),
    CANCELLATION(Check::streamed, TroubleProbes::cancellation),
    EMBEDDINGS(Check::embeddings, EmbeddingProbe::embeddings);

    /** Asks, and judges the answer. */
    interface Probe {
        /** @throws Unfulfilled if the answer isn't what was asked for */
        Outcome of(Line line);
    }

    private final Function<Subject, @Nullable String> obstacle;
    private final Probe probe;

    /** @param obstacle why the case says nothing about a replica; null if it does */
    Check(Function<Subject, @Nullable String> obstacle, Probe probe) {
        this.obstacle = obstacle;
        this.probe = probe;
    }

    /** The name in tables and documents. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Nullable
    String obstacle(Subject subject) {
        return obstacle.apply(subject);
    }

    Probe probe() {
        return probe;
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
