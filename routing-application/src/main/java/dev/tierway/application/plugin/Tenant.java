package dev.tierway.application.plugin;

import dev.tierway.application.port.in.CallCommand;

/** Whose a call is. */
final class Tenant {
    /** Without authentication all callers are one. No key's id is empty. */
    private static final String EVERYBODY = "";

    private Tenant() {}

    static String of(CallCommand command) {
        return command.key() == null ? EVERYBODY : command.key();
    }
}
