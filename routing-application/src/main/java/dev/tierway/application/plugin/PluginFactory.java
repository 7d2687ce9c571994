package dev.tierway.application.plugin;

/**
 * Makes plugins of a kind for the configuration, which names it under {@code plugins[].name}. Found by
 * {@link java.util.ServiceLoader}: a public class with a public constructor without parameters, named in {@code
 * META-INF/services/dev.tierway.application.plugin.PluginFactory}.
 */
public interface PluginFactory {
    /** What {@code plugins[].name} calls it. */
    String name();

    /**
     * Makes one for an entry of the configuration. Called when the configuration is checked, too: it should begin nothing
     * before it is asked by calls.
     *
     * @throws IllegalArgumentException in words for people, if something is wrong with the settings
     */
    Plugin create(PluginSettings settings);
}
