package dev.tierway.application.plugin;

import dev.tierway.domain.call.PluginStage;
import java.time.Duration;
import java.util.Set;

/**
 * A plugin as it takes part in calls.
 *
 * @param id in decisions and metrics: its name, unless two of a name are told apart
 * @param stages at which it is asked
 * @param onError what becomes of calls if it breaks
 * @param timeout after which it counts as broken; not watched for one that is {@link Plugin#nonBlocking}
 */
public record AttachedPlugin(String id, Plugin plugin, Set<PluginStage> stages, OnError onError, Duration timeout) {
    /** Long enough for a look-up elsewhere, short enough for somebody who waits. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    /** @throws IllegalArgumentException if it is to be asked at a stage it doesn't know */
    public AttachedPlugin {
        stages = Set.copyOf(stages);
        for (PluginStage stage : stages) {
            if (!plugin.stages().contains(stage)) {
                throw new IllegalArgumentException("plugin '" + id + "' has nothing to do at stage '" + stage.id()
                        + "', only at "
                        + plugin.stages().stream().map(PluginStage::id).sorted().toList());
            }
        }
    }

    /** As the plugin itself wants it. */
    public static AttachedPlugin of(Plugin plugin) {
        return new AttachedPlugin(plugin.name(), plugin, plugin.stages(), plugin.onError(), PATIENCE);
    }

    public boolean in(PluginStage stage) {
        return stages.contains(stage);
    }

    /** Whether answers must come in neutral types for it. */
    public boolean readsReplies() {
        return plugin.readsReplies() && (in(PluginStage.AFTER_REPLY) || in(PluginStage.ON_EVENT));
    }
}
