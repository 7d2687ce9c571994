package dev.tierway.bootstrap.reload;

import dev.tierway.GatewayConfig;
import dev.tierway.ProviderConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What differs between two configurations, by key, as both may be shown: of a secret only that it is another one. */
final class ConfigDifference {
    private static final int MOST = 100;
    private static final int LONGEST = 120;

    private final List<String> changes;

    private ConfigDifference(List<String> changes) {
        this.changes = changes;
    }

    static ConfigDifference of(GatewayConfig before, GatewayConfig after) {
        Map<String, String> old = new LinkedHashMap<>();
        Map<String, String> now = new LinkedHashMap<>();
        flatten("", before.toRedactedMap(), old);
        flatten("", after.toRedactedMap(), now);
        List<String> changes = new ArrayList<>();
        Set<String> keys = new LinkedHashSet<>(old.keySet());
        keys.addAll(now.keySet());
        for (String key : keys) {
            String was = old.get(key);
            String is = now.get(key);
            if (!Objects.equals(was, is)) {
                changes.add(key + ": " + words(was) + " -> " + words(is));
            }
        }
        changes.addAll(secrets(before, after, changes));
        return new ConfigDifference(changes);
    }

    private static String words(@Nullable String value) {
        return value == null ? "absent" : value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "…";
    }

    private static List<String> secrets(GatewayConfig before, GatewayConfig after, List<String> shown) {
        List<String> secrets = new ArrayList<>();
        if (!before.server().tlsContents().equals(after.server().tlsContents())) {
            secrets.add("server: certificates, or keys of theirs, are others");
        }
        for (ProviderConfig provider : after.providers()) {
            String key = "providers[" + provider.id() + "]";
            boolean differs = before.providers().stream()
                    .anyMatch(old -> old.id().equals(provider.id()) && !old.equals(provider));
            if (differs && shown.stream().noneMatch(change -> change.startsWith(key))) {
                secrets.add(key + ": a secret in it is another one");
            }
        }
        return secrets;
    }

    private static void flatten(String path, @Nullable Object value, Map<String, String> into) {
        if (value instanceof Map<?, ?> map) {
            map.forEach(
                    (key, member) -> flatten(path.isEmpty() ? String.valueOf(key) : path + "." + key, member, into));
        } else if (value instanceof List<?> list && !list.isEmpty() && list.getFirst() instanceof Map<?, ?>) {
            for (int i = 0; i < list.size(); i++) {
                flatten(path + "[" + name(list.get(i), i) + "]", list.get(i), into);
            }
        } else {
            into.put(path, String.valueOf(value));
        }
    }

    /** By id, so that one more at the front doesn't make all others differ. */
    private static Object name(@Nullable Object item, int index) {
        Object id = item instanceof Map<?, ?> map ? map.get("id") : null;
        Object provider = item instanceof Map<?, ?> map ? map.get("provider") : null;
        return id != null ? id : provider != null ? provider : index;
    }

    /** All, or the first hundred and how many more there are. */
    List<String> all() {
        if (changes.size() <= MOST) {
            return List.copyOf(changes);
        }
        List<String> first = new ArrayList<>(changes.subList(0, MOST));
        first.add("and " + (changes.size() - MOST) + " more");
        return List.copyOf(first);
    }

    List<String> under(String key) {
        return changes.stream()
                .filter(change -> change.startsWith(key + ".") || change.startsWith(key + ":"))
                .toList();
    }
}
