package dev.tierway.domain.quota;

/** Whose limit it is: it decides what a denial means. */
public enum Side {
    /** The caller's: gateway, key, agent, workflow, user, tag. Denied: the call ends. */
    CALLER,
    /** The quota domain's. Denied: another replica may do. */
    DOMAIN
}
