package dev.tierway.application.config;

import java.util.List;

/** What became of an order to put another configuration in force. */
public sealed interface ConfigOutcome {
    /** The number of the configuration in force since. */
    long generation();

    /** As it is written in documents and metrics. */
    default String id() {
        return switch (this) {
            case Applied applied -> "applied";
            case Unchanged unchanged -> "unchanged";
            case Refused refused -> "refused";
        };
    }

    /**
     * It is in force for every call that has begun since.
     *
     * @param before the number of the one it replaced
     * @param changes what differs, by key; never a secret's value
     * @param warnings what is doubtful, or not as it may seem
     */
    record Applied(long generation, long before, List<String> changes, List<String> warnings) implements ConfigOutcome {
        public Applied {
            changes = List.copyOf(changes);
            warnings = List.copyOf(warnings);
        }
    }

    /** It is what was in force already. */
    record Unchanged(long generation) implements ConfigOutcome {}

    /**
     * Nothing has changed.
     *
     * @param generation still in force
     * @param kind what was wrong
     * @param problems all of them, at least one; never a secret's value
     */
    record Refused(long generation, Kind kind, List<String> problems) implements ConfigOutcome {
        public Refused {
            problems = List.copyOf(problems);
        }
    }

    /** Why an order is refused. */
    enum Kind {
        /** The configuration can't be used, or not without a restart. */
        INVALID,
        /** There is no file to read again. */
        NO_FILE,
        /** There is no generation of that number, or what is kept of it doesn't suffice. */
        NOT_KEPT
    }
}
