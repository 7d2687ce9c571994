package dev.tierway.domain.operator;

import dev.tierway.domain.agent.ExecutionLimits;
import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.catalogue.Strategy;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an operator wants of the replicas of a scope, of a rule or route, of agents, or of how the gateway decides in general. */
public sealed interface OperatorOrder {
    /** An order takes the place of the one before it on the same topic and scope. */
    enum Topic {
        PHASE,
        MARK,
        CIRCUIT,
        RULE,
        ROUTE,
        STRATEGY,
        HOLD,
        RESET,
        LIMITS;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How taking back is said where something is configured. */
    String CONFIGURED = "configured";

    Topic topic();

    /** The stable name of what is ordered, within its topic. */
    String value();

    /** What kind of order it is, for counting: one of few. */
    default String kind() {
        return value();
    }

    /** Whether it stays in force, till its end if it has one; what is done once and what takes another back doesn't. */
    boolean lasts();

    /** Whether circuits that are open or ramping are closed at once, the first time this order is seen. */
    default boolean closesCircuits() {
        return false;
    }

    /** @throws IllegalArgumentException naming what is known */
    static OperatorOrder parse(String topic, String value) {
        return switch (topic) {
            case "phase" -> SetPhase.parse(value);
            case "mark" -> Mark.parse(value);
            case "circuit" -> ResetCircuit.parse(value);
            case "rule" -> new SwitchRule(enabled(value));
            case "route" -> new SwitchRoute(enabled(value));
            case "strategy" -> UseStrategy.parse(value);
            case "hold" -> Hold.parse(value);
            case "reset" -> Reset.parse(value);
            case "limits" -> SetLimits.parse(value);
            default ->
                throw new IllegalArgumentException(
                        "'" + topic + "' is none of phase, mark, circuit, rule, route, strategy, hold, reset, limits");
        };
    }

    /**
     * This phase, whatever is configured.
     *
     * @param phase null: the configured one again
     */
    record SetPhase(@Nullable Phase phase) implements OperatorOrder {
        @Override
        public Topic topic() {
            return Topic.PHASE;
        }

        @Override
        public String value() {
            return phase == null ? CONFIGURED : phase.id();
        }

        @Override
        public boolean lasts() {
            return phase != null;
        }

        /** @throws IllegalArgumentException naming the known phases */
        public static SetPhase parse(String text) {
            for (Phase phase : Phase.values()) {
                if (phase.id().equals(text)) {
                    return new SetPhase(phase);
                }
            }
            if (text.equals(CONFIGURED)) {
                return new SetPhase(null);
            }
            throw new IllegalArgumentException("'" + text + "' is none of active, standby, draining, configured");
        }
    }

    /** Unhealthy: gets no traffic. Healthy: takes that back, also that of a wider scope, and closes circuits. */
    record Mark(boolean healthy) implements OperatorOrder {
        @Override
        public Topic topic() {
            return Topic.MARK;
        }

        @Override
        public String value() {
            return healthy ? "healthy" : "unhealthy";
        }

        @Override
        public boolean lasts() {
            return true;
        }

        @Override
        public boolean closesCircuits() {
            return healthy;
        }

        /** @throws IllegalArgumentException naming the known marks */
        public static Mark parse(String text) {
            return switch (text) {
                case "healthy" -> new Mark(true);
                case "unhealthy" -> new Mark(false);
                default -> throw new IllegalArgumentException("'" + text + "' is none of healthy, unhealthy");
            };
        }
    }

    /** Circuits are closed, once, without a ramp. */
    record ResetCircuit() implements OperatorOrder {
        @Override
        public Topic topic() {
            return Topic.CIRCUIT;
        }

        @Override
        public String value() {
            return "reset";
        }

        @Override
        public boolean lasts() {
            return false;
        }

        @Override
        public boolean closesCircuits() {
            return true;
        }

        /** @throws IllegalArgumentException naming what can be done to a circuit */
        public static ResetCircuit parse(String text) {
            if (text.equals("reset")) {
                return new ResetCircuit();
            }
            throw new IllegalArgumentException("'" + text + "' is none of reset");
        }
    }

    /** Disabled: calls pass the rule by. Enabled: takes that back. */
    record SwitchRule(boolean enabled) implements OperatorOrder {
        @Override
        public Topic topic() {
            return Topic.RULE;
        }

        @Override
        public String value() {
            return switched(enabled);
        }

        @Override
        public boolean lasts() {
            return !enabled;
        }
    }

    /** Disabled: calls find nothing of that name, as if the route weren't configured. Enabled: takes that back. */
    record SwitchRoute(boolean enabled) implements OperatorOrder {
        @Override
        public Topic topic() {
            return Topic.ROUTE;
        }

        @Override
        public String value() {
            return switched(enabled);
        }

        @Override
        public boolean lasts() {
            return !enabled;
        }
    }

    private static String switched(boolean enabled) {
        return enabled ? "enabled" : "disabled";
    }

    private static boolean enabled(String text) {
        return switch (text) {
            case "enabled" -> true;
            case "disabled" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is none of enabled, disabled");
        };
    }

    /**
     * This strategy where no call, rule or route says otherwise, whatever is configured.
     *
     * @param strategy null: the configured one again
     */
    record UseStrategy(@Nullable Strategy strategy) implements OperatorOrder {
        @Override
        public Topic topic() {
            return Topic.STRATEGY;
        }

        @Override
        public String value() {
            return strategy == null ? CONFIGURED : strategy.id();
        }

        @Override
        public boolean lasts() {
            return strategy != null;
        }

        /** @throws IllegalArgumentException if the text can't be a strategy's name; whether there is one isn't known here */
        public static UseStrategy parse(String text) {
            return new UseStrategy(text.equals(CONFIGURED) ? null : Strategy.named(text));
        }
    }

    /** Whether calls of an agent, a workflow or everybody are taken. */
    record Hold(State state) implements OperatorOrder {
        /** What becomes of calls. */
        public enum State {
            /** They are taken: what was ordered of this scope before is taken back. */
            RUNNING,
            /** New ones are refused; those in flight go on. */
            PAUSED,
            /** New ones are refused, and those in flight are cancelled. */
            STOPPED;

            public String id() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        @Override
        public Topic topic() {
            return Topic.HOLD;
        }

        @Override
        public String value() {
            return state.id();
        }

        @Override
        public boolean lasts() {
            return state != State.RUNNING;
        }

        /** @throws IllegalArgumentException naming the known states */
        public static Hold parse(String text) {
            for (State state : State.values()) {
                if (state.id().equals(text)) {
                    return new Hold(state);
                }
            }
            throw new IllegalArgumentException("'" + text + "' is none of running, paused, stopped");
        }
    }

    /**
     * What agents have used of their limits counts anew, and their loops are forgotten. What was spent stays spent.
     *
     * @param since when; null until it is given
     */
    record Reset(@Nullable Instant since) implements OperatorOrder {
        private static final String NOW = "now";

        @Override
        public Topic topic() {
            return Topic.RESET;
        }

        @Override
        public String value() {
            return since == null ? NOW : since.toString();
        }

        @Override
        public String kind() {
            return topic().id();
        }

        @Override
        public boolean lasts() {
            return true;
        }

        /** @throws IllegalArgumentException if it is no time */
        public static Reset parse(String text) {
            try {
                return new Reset(text.equals(NOW) ? null : Instant.parse(text));
            } catch (DateTimeParseException notATime) {
                throw new IllegalArgumentException("'" + text + "' is neither 'now' nor a time", notATime);
            }
        }
    }

    /**
     * These limits of agents, in place of the configured ones; what they leave out stays as configured.
     *
     * @param limits null: the configured ones again
     */
    record SetLimits(@Nullable ExecutionLimits limits) implements OperatorOrder {
        @Override
        public Topic topic() {
            return Topic.LIMITS;
        }

        @Override
        public String value() {
            return limits == null ? CONFIGURED : limits.toString();
        }

        @Override
        public String kind() {
            return limits == null ? CONFIGURED : topic().id();
        }

        @Override
        public boolean lasts() {
            return limits != null;
        }

        /** @throws IllegalArgumentException saying how limits are written */
        public static SetLimits parse(String text) {
            return new SetLimits(text.equals(CONFIGURED) ? null : ExecutionLimits.parse(text));
        }
    }
}
