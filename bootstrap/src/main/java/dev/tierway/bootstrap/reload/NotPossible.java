package dev.tierway.bootstrap.reload;

import dev.tierway.application.config.ConfigOutcome;

/** An order that can't be followed, whatever the configuration says. */
final class NotPossible extends RuntimeException {
    private final ConfigOutcome.Kind kind;

    NotPossible(ConfigOutcome.Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    ConfigOutcome.Kind kind() {
        return kind;
    }
}
