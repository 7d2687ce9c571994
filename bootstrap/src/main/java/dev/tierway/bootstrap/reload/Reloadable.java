package dev.tierway.bootstrap.reload;

import dev.tierway.GatewayConfig;

/**
 * A part of the gateway that follows the configuration. Parts are bound in a set; each prepares by itself, then all change
 * together, and only if all are prepared.
 */
public interface Reloadable {
    /**
     * Builds what it will need, and changes nothing yet.
     *
     * @param now in force
     * @param next checked by itself already
     * @throws dev.tierway.InvalidConfigException if it can't be put in force, or not without a restart: every reason of this part
     * @throws IllegalArgumentException the same for one reason
     */
    Change prepare(GatewayConfig now, GatewayConfig next);

    /** What one part has prepared. Either it is committed or it is discarded. */
    interface Change {
        /** Nothing is to be done. */
        Change NONE = () -> {};

        /** Puts it in force. Only assigns, and never fails: calls that begin wait for it. */
        void commit();

        /** What is to be done once everything is in force, e.g. letting go of what isn't any more. May take its time. */
        default void afterwards() {}

        /** Frees what was built in vain. */
        default void discard() {}
    }
}
