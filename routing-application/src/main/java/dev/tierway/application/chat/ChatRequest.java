package dev.tierway.application.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request for a chat answer, in no vendor's dialect.
 *
 * @param maxOutputTokens most tokens of the answer; null leaves it to the model
 * @param choices how many answers
 * @param user the caller's own name for its user; null if none
 */
public record ChatRequest(
        List<ChatMessage> messages,
        List<ToolDefinition> tools,
        @Nullable ToolChoice toolChoice,
        @Nullable Boolean parallelToolCalls,
        @Nullable ResponseFormat responseFormat,
        Sampling sampling,
        @Nullable Long maxOutputTokens,
        int choices,
        @Nullable String reasoningEffort,
        @Nullable String user) {
    /** @throws IllegalArgumentException without messages, or for counts below 1 */
    public ChatRequest {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("a chat request needs at least one message");
        }
        if (choices < 1 || (maxOutputTokens != null && maxOutputTokens < 1)) {
            throw new IllegalArgumentException("max output tokens and n must be 1 or more");
        }
    }

    /** A request of one user message. */
    public static ChatRequest of(String userText) {
        return builder().user(userText).build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects a request; only messages are required. */
    public static final class Builder {
        private final List<ChatMessage> messages = new ArrayList<>();
        private final List<ToolDefinition> tools = new ArrayList<>();
        private @Nullable ToolChoice toolChoice;
        private @Nullable Boolean parallelToolCalls;
        private @Nullable ResponseFormat responseFormat;
        private Sampling sampling = Sampling.DEFAULTS;
        private @Nullable Long maxOutputTokens;
        private int choices = 1;
        private @Nullable String reasoningEffort;
        private @Nullable String endUser;

        private Builder() {}

        public Builder message(ChatMessage message) {
            messages.add(Objects.requireNonNull(message));
            return this;
        }

        public Builder system(String text) {
            return message(ChatMessage.system(text));
        }

        public Builder user(String text) {
            return message(ChatMessage.user(text));
        }

        public Builder assistant(String text) {
            return message(ChatMessage.assistant(text));
        }

        public Builder tool(ToolDefinition tool) {
            tools.add(Objects.requireNonNull(tool));
            return this;
        }

        public Builder toolChoice(@Nullable ToolChoice choice) {
            toolChoice = choice;
            return this;
        }

        public Builder parallelToolCalls(@Nullable Boolean parallel) {
            parallelToolCalls = parallel;
            return this;
        }

        public Builder responseFormat(@Nullable ResponseFormat format) {
            responseFormat = format;
            return this;
        }

        public Builder sampling(Sampling how) {
            sampling = how;
            return this;
        }

        public Builder maxOutputTokens(@Nullable Long tokens) {
            maxOutputTokens = tokens;
            return this;
        }

        public Builder choices(int n) {
            choices = n;
            return this;
        }

        public Builder reasoningEffort(@Nullable String effort) {
            reasoningEffort = effort;
            return this;
        }

        public Builder endUser(@Nullable String user) {
            endUser = user;
            return this;
        }

        public ChatRequest build() {
            return new ChatRequest(
                    messages,
                    tools,
                    toolChoice,
                    parallelToolCalls,
                    responseFormat,
                    sampling,
                    maxOutputTokens,
                    choices,
                    reasoningEffort,
                    endUser);
        }
    }
}
