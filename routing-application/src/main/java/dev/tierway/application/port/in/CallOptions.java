package dev.tierway.application.port.in;

import dev.tierway.application.chat.JsonText;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.routing.Constraints;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may say about one call; null or empty leaves it to the configuration.
 *
 * @param exclude ids of replicas, models or providers that must not serve
 * @param only ids of replicas, models or providers that alone may serve
 * @param require capabilities' names, or tags a replica must have
 * @param maxCostUsd most an attempt may be expected to cost
 * @param escalateTo permission to answer with a model of that tier when the asked one can't
 * @param optimize latency value by name
 * @param tags labels for accounting
 * @param seed makes the call's chance repeatable
 * @param state what the workflow's agents share, written before the call; any JSON
 * @param stateVersion the version of it that the caller has read; 0: there was none
 * @param idempotencyKey calls with the same one and the same request are one call: the later ones get its answer again
 */
public record CallOptions(
        Constraints.Local local,
        List<String> exclude,
        List<String> only,
        List<String> require,
        @Nullable Double maxCostUsd,
        @Nullable Duration deadline,
        @Nullable ModelTier escalateTo,
        @Nullable Optimize optimize,
        @Nullable Strategy strategy,
        @Nullable OnUnsupported onUnsupported,
        @Nullable String agent,
        @Nullable String workflow,
        @Nullable String step,
        @Nullable String user,
        @Nullable String session,
        Map<String, String> tags,
        @Nullable Long seed,
        boolean explain,
        @Nullable JsonText state,
        @Nullable Long stateVersion,
        @Nullable String idempotencyKey) {
    public static final CallOptions NONE = builder().build();

    public CallOptions {
        exclude = List.copyOf(exclude);
        only = List.copyOf(only);
        require = List.copyOf(require);
        tags = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    /** What a second of waiting is worth. */
    public enum Optimize {
        INTERACTIVE(0.01),
        BALANCED(0.002),
        COST(0);

        private final double usdPerSecond;

        Optimize(double usdPerSecond) {
            this.usdPerSecond = usdPerSecond;
        }

        public double usdPerSecond() {
            return usdPerSecond;
        }
    }

    /** What to do about a parameter the chosen vendor can't express. */
    public enum OnUnsupported {
        WARN,
        REJECT
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The same, to be changed. */
    public Builder toBuilder() {
        Builder same = new Builder();
        same.local = local;
        same.exclude = exclude;
        same.only = only;
        same.require = require;
        same.maxCostUsd = maxCostUsd;
        same.deadline = deadline;
        same.escalateTo = escalateTo;
        same.optimize = optimize;
        same.strategy = strategy;
        same.onUnsupported = onUnsupported;
        same.agent = agent;
        same.workflow = workflow;
        same.step = step;
        same.endUser = user;
        same.session = session;
        same.tags = tags;
        same.seed = seed;
        same.explain = explain;
        return same.state(state, stateVersion);
    }

    /** Collects options; all optional. */
    public static final class Builder {
        private Constraints.Local local = Constraints.Local.ALLOWED;
        private List<String> exclude = List.of();
        private List<String> only = List.of();
        private List<String> require = List.of();
        private @Nullable Double maxCostUsd;
        private @Nullable Duration deadline;
        private @Nullable ModelTier escalateTo;
        private @Nullable Optimize optimize;
        private @Nullable Strategy strategy;
        private @Nullable OnUnsupported onUnsupported;
        private @Nullable String agent;
        private @Nullable String workflow;
        private @Nullable String step;
        private @Nullable String endUser;
        private @Nullable String session;
        private Map<String, String> tags = Map.of();
        private @Nullable Long seed;
        private boolean explain;
        private @Nullable JsonText state;
        private @Nullable Long stateVersion;
        private @Nullable String idempotencyKey;

        private Builder() {}

        public Builder local(Constraints.Local value) {
            local = value;
            return this;
        }

        public Builder exclude(List<String> ids) {
            exclude = ids;
            return this;
        }

        public Builder only(List<String> ids) {
            only = ids;
            return this;
        }

        public Builder require(List<String> capabilitiesOrTags) {
            require = capabilitiesOrTags;
            return this;
        }

        public Builder maxCostUsd(double usd) {
            maxCostUsd = usd;
            return this;
        }

        public Builder deadline(Duration value) {
            deadline = value;
            return this;
        }

        public Builder escalateTo(ModelTier tier) {
            escalateTo = tier;
            return this;
        }

        public Builder optimize(Optimize value) {
            optimize = value;
            return this;
        }

        public Builder strategy(Strategy value) {
            strategy = value;
            return this;
        }

        public Builder onUnsupported(OnUnsupported value) {
            onUnsupported = value;
            return this;
        }

        public Builder agent(String name) {
            agent = name;
            return this;
        }

        public Builder workflow(String name) {
            workflow = name;
            return this;
        }

        public Builder step(String name) {
            step = name;
            return this;
        }

        public Builder endUser(String name) {
            endUser = name;
            return this;
        }

        public Builder session(String name) {
            session = name;
            return this;
        }

        public Builder tags(Map<String, String> values) {
            tags = values;
            return this;
        }

        public Builder seed(long value) {
            seed = value;
            return this;
        }

        public Builder explain(boolean value) {
            explain = value;
            return this;
        }

        /** 1 to 255 printable characters. */
        public Builder idempotencyKey(String value) {
            idempotencyKey = value;
            return this;
        }

        /** What the workflow's agents share, written before the call over the state as it was when this caller wrote it last. */
        public Builder state(JsonText json) {
            return state(json, stateVersion);
        }

        /** The version of the workflow's state that the caller has read; 0: there was none. */
        public Builder stateVersion(long version) {
            return state(state, version);
        }

        /** Both at once. */
        public Builder state(@Nullable JsonText json, @Nullable Long seen) {
            state = json;
            stateVersion = seen;
            return this;
        }

        public CallOptions build() {
            return new CallOptions(
                    local,
                    exclude,
                    only,
                    require,
                    maxCostUsd,
                    deadline,
                    escalateTo,
                    optimize,
                    strategy,
                    onUnsupported,
                    agent,
                    workflow,
                    step,
                    endUser,
                    session,
                    tags,
                    seed,
                    explain,
                    state,
                    stateVersion,
                    idempotencyKey);
        }
    }
}
