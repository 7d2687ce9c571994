package dev.tierway.domain.operator;

import dev.tierway.domain.catalogue.Phase;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an operator wants of the replicas of a scope. */
public sealed interface OperatorOrder {
    /** An order takes the place of the one before it on the same topic and scope. */
    enum Topic {
        PHASE,
        MARK,
        CIRCUIT;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Topic topic();

    /** The stable name of what is ordered, within its topic. */
    String value();

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
            default -> throw new IllegalArgumentException("'" + topic + "' is none of phase, mark, circuit");
        };
    }

    /**
     * This phase, whatever is configured.
     *
     * @param phase null: the configured one again
     */
    record SetPhase(@Nullable Phase phase) implements OperatorOrder {
        private static final String CONFIGURED = "configured";

        @Override
        public Topic topic() {
            return Topic.PHASE;
        }

        @Override
        public String value() {
            return phase == null ? CONFIGURED : phase.id();
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
}
