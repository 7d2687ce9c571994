package dev.tierway.domain.call;

import java.util.Locale;

/** Where in a call plugins are asked. */
public enum PluginStage {
    /** Before a replica is chosen: once per call. */
    BEFORE_ROUTING,
    /** Before an attempt's request leaves: once per attempt. */
    BEFORE_SEND,
    /** When the whole answer is there, and before its caller is told that it is. */
    AFTER_REPLY,
    /** For every piece of a streamed answer. */
    ON_EVENT,
    /** When the call has failed, and before its caller is told. */
    ON_FAILURE;

    private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The name in configuration, decisions and metrics. */
    public String id() {
        return id;
    }
}
