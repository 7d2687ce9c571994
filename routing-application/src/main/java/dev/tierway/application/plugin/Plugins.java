package dev.tierway.application.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The plugins that take part in calls, in their order. A call keeps those it began with. */
public final class Plugins {
    private volatile List<AttachedPlugin> attached;

    /** @throws IllegalArgumentException if two have one id */
    public Plugins(List<AttachedPlugin> attached) {
        this.attached = List.of();
        attached.forEach(this::attach);
    }

    public List<AttachedPlugin> attached() {
        return attached;
    }

    /** Takes part in calls from now on, as the plugin itself wants it, after all others. */
    public void attach(Plugin plugin) {
        attach(AttachedPlugin.of(plugin));
    }

    /** @throws IllegalArgumentException if one of that id is attached already */
    public synchronized void attach(AttachedPlugin plugin) {
        Objects.requireNonNull(plugin);
        if (attached.stream().anyMatch(one -> one.id().equals(plugin.id()))) {
            throw new IllegalArgumentException("a plugin with the id '" + plugin.id() + "' is attached already");
        }
        List<AttachedPlugin> more = new ArrayList<>(attached);
        more.add(plugin);
        attached = List.copyOf(more);
    }

    /** Others take the place of these; those attached besides stay, after them. */
    public synchronized void replace(List<AttachedPlugin> before, List<AttachedPlugin> after) {
        List<AttachedPlugin> all = new ArrayList<>(after);
        for (AttachedPlugin one : attached) {
            if (!before.contains(one)) {
                all.removeIf(other -> other.id().equals(one.id()));
                all.add(one);
            }
        }
        attached = List.copyOf(all);
    }

    /** Takes part in no new call. True if there was one of that id. */
    public synchronized boolean detach(String id) {
        List<AttachedPlugin> fewer =
                attached.stream().filter(one -> !one.id().equals(id)).toList();
        boolean was = fewer.size() < attached.size();
        attached = fewer;
        return was;
    }
}
