package dev.tierway.application.service;

import dev.tierway.application.port.in.CallCommand;

/** Whose call it is: what a caller names, and its turn among those that wait, lives inside its API key's space. */
final class CallerSpace {
    private static final String WITHOUT_KEY = "";

    private CallerSpace() {}

    /** The API key's id; all calls without one are of one space. */
    static String of(CallCommand command) {
        String key = command.key();
        return key == null ? WITHOUT_KEY : key;
    }
}
