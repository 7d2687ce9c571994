package dev.tierway.application.service;

import dev.tierway.application.explain.PluginWords;
import dev.tierway.application.plugin.AttachedPlugin;
import dev.tierway.application.plugin.OnError;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.PluginStage;
import dev.tierway.domain.call.PluginUse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What plugins did to one call. Filled on the call's executor. */
final class PluginLog {
    /** A stream has any number of events: what is said of each of them is said once. */
    private static final int MOST = 64;

    private final String callId;
    private final Listeners listeners;
    private final List<PluginUse> uses = new ArrayList<>(2);

    PluginLog(String callId, Listeners listeners) {
        this.callId = callId;
        this.listeners = listeners;
    }

    List<PluginUse> uses() {
        return uses;
    }

    /** What the caller is told with the answer's head. */
    List<String> warnings() {
        return uses.stream()
                .filter(use -> use.outcome() == PluginUse.Outcome.CHANGED || use.outcome() == PluginUse.Outcome.FAILED)
                .map(PluginWords::warning)
                .toList();
    }

    void add(AttachedPlugin plugin, PluginStage stage, PluginUse.Outcome outcome, @Nullable String detail) {
        PluginUse use = new PluginUse(plugin.id(), stage, outcome, detail);
        if (!uses.contains(use) && uses.size() < MOST) {
            uses.add(use);
        }
    }

    CallResult.Denied denied(AttachedPlugin plugin, PluginStage stage, String reason) {
        add(plugin, stage, PluginUse.Outcome.DENIED, reason);
        return new CallResult.Denied(plugin.id(), stage, reason);
    }

    /** What the call comes to because a plugin broke; null if it goes on. */
    CallResult.@Nullable Denied failed(AttachedPlugin plugin, PluginStage stage, Throwable error) {
        listeners.internalError(callId, error);
        // Its message may hold what the prompt holds.
        add(plugin, stage, PluginUse.Outcome.FAILED, error.getClass().getSimpleName());
        return plugin.onError() == OnError.CONTINUE
                ? null
                : new CallResult.Denied(
                        plugin.id(), stage, "it failed, and calls must not pass without it; try again later");
    }
}
