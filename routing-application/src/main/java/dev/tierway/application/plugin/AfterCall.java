package dev.tierway.application.plugin;

import dev.tierway.domain.call.Selection;

/**
 * A hook after each call, before its caller is told. The answer is paid for by then: what the hook throws is logged, and
 * the caller gets the answer all the same. May block, and the caller waits for it.
 */
@FunctionalInterface
public interface AfterCall {
    void after(PluginCall call, Selection selection) throws Exception;
}
