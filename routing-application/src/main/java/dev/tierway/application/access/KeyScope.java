package dev.tierway.application.access;

import java.util.Locale;

/** What an API key may be used for. */
public enum KeyScope {
    /** To ask models. */
    CALL,
    /** To see how calls are and would be routed: the facts that all callers share, replicas, costs, why not another. */
    EXPLAIN,
    /** To look up the decisions of its own calls. */
    READ,
    /** To see everybody's decisions, and to use the admin port. */
    ADMIN;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException naming those there are */
    public static KeyScope parse(String id) {
        for (KeyScope scope : values()) {
            if (scope.id().equals(id)) {
                return scope;
            }
        }
        throw new IllegalArgumentException("unknown scope '" + id + "': scopes are call, explain, read, admin");
    }
}
