package dev.tierway.application.chat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request for a chat answer, in no vendor's dialect.
 *
 * @param maxOutputTokens most tokens of the answer; null leaves it to the model
 * @param choices how many answers
 * @param user the caller's own name for its user; null if none
 * @param topLogProbs how many of the likeliest tokens to tell at each place, 0 for the written one alone; null: none
 * @param metadata the caller's own labels for the vendor's books
 * @param serviceTier the vendor's name for a class of service; null if none
 * @param toolsCached that the tools' definitions should be cached by the vendor; null if not
 * @param extra what these types have no place for
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
        Reasoning reasoning,
        @Nullable String user,
        @Nullable Integer topLogProbs,
        Map<String, String> metadata,
        @Nullable String serviceTier,
        Part.@Nullable CachePoint toolsCached,
        Extra extra)
        implements NeutralRequest {
    /** @throws IllegalArgumentException without messages, or for counts below 1 */
    public ChatRequest {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("a chat request needs at least one message");
        }
        if (choices < 1 || (maxOutputTokens != null && maxOutputTokens < 1)) {
            throw new IllegalArgumentException("max output tokens and n must be 1 or more");
        }
        if (topLogProbs != null && topLogProbs < 0) {
            throw new IllegalArgumentException("top log-probs must be 0 or more, not " + topLogProbs);
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
        private Reasoning reasoning = Reasoning.UNSAID;
        private @Nullable String endUser;
        private @Nullable Integer topLogProbs;
        private final Map<String, String> metadata = new LinkedHashMap<>();
        private @Nullable String serviceTier;
        private Part.@Nullable CachePoint toolsCached;
        private Extra extra = Extra.NONE;

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

        public Builder reasoning(Reasoning how) {
            reasoning = how;
            return this;
        }

        /** Only a word for how hard to think; null leaves it to the model. */
        public Builder reasoningEffort(@Nullable String effort) {
            return reasoning(new Reasoning(effort, null, null));
        }

        public Builder endUser(@Nullable String user) {
            endUser = user;
            return this;
        }

        public Builder topLogProbs(@Nullable Integer alternatives) {
            topLogProbs = alternatives;
            return this;
        }

        public Builder metadata(Map<String, String> labels) {
            metadata.putAll(labels);
            return this;
        }

        public Builder serviceTier(@Nullable String tier) {
            serviceTier = tier;
            return this;
        }

        public Builder toolsCached(Part.@Nullable CachePoint point) {
            toolsCached = point;
            return this;
        }

        public Builder extra(Extra more) {
            extra = more;
            return this;
        }

        /** A parameter in the vendor's own words, sent as it is at the top of the body. */
        public Builder extra(String name, JsonText value) {
            return extra(extra.with(name, value));
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
                    reasoning,
                    endUser,
                    topLogProbs,
                    metadata,
                    serviceTier,
                    toolsCached,
                    extra);
        }
    }

    /** The same conversation with other messages. */
    public ChatRequest with(List<ChatMessage> others) {
        return new ChatRequest(
                others,
                tools,
                toolChoice,
                parallelToolCalls,
                responseFormat,
                sampling,
                maxOutputTokens,
                choices,
                reasoning,
                user,
                topLogProbs,
                metadata,
                serviceTier,
                toolsCached,
                extra);
    }
}
