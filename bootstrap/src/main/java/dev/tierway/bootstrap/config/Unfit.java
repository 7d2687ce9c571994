package dev.tierway.bootstrap.config;

import org.jspecify.annotations.Nullable;

/** A text that can't be what it should be, and what to write instead. */
final class Unfit extends IllegalArgumentException {
    private final transient @Nullable String suggestion;

    Unfit(String message, @Nullable String suggestion) {
        super(message);
        this.suggestion = suggestion;
    }

    @Nullable
    String suggestion() {
        return suggestion;
    }
}
