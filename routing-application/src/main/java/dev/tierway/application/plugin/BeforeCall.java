package dev.tierway.application.plugin;

/** A hook before each call: looks at it, and may change or veto it. What it throws vetoes the call. May block. */
@FunctionalInterface
public interface BeforeCall {
    RequestVerdict before(PluginCall call) throws Exception;
}
