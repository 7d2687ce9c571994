package dev.tierway.application.limits;

import dev.tierway.domain.quota.Descriptor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who is counted by a limit.
 *
 * @param tag the tag's name; null if it is no tag
 * @param key the API key in whose space the name lives; null: the gateway's
 * @param name null for the gateway, and for all names together that found no room in their key's space
 * @param together whether all that the limit is for are counted as one
 */
public record Owner(
        Kind kind,
        @Nullable String tag,
        @Nullable String key,
        @Nullable String name,
        boolean together) {
    public static final Owner EVERYONE = new Owner(Kind.GATEWAY, null, null, null, true);

    /** What it is. */
    public enum Kind {
        GATEWAY,
        KEY,
        AGENT,
        WORKFLOW,
        USER,
        TAG;

        private final String id = name().toLowerCase(Locale.ROOT);

        public String id() {
            return id;
        }
    }

    /** All names of that kind and space that found no room, counted as one. */
    Owner others() {
        return new Owner(kind, tag, key, null, false);
    }

    /** Whether it stands for names that found no room. */
    public boolean isOthers() {
        return !together && name == null;
    }

    /** What usage is kept under, after the limit's id; empty if all are counted together. */
    public String under() {
        if (together) {
            return "";
        }
        String said = name == null ? Descriptor.OTHERS : escaped(name);
        if (kind == Kind.KEY) {
            return "/key=" + said;
        }
        String space = key == null ? "" : "/key=" + escaped(key);
        return space + "/" + kind.id() + (tag == null ? "" : ":" + escaped(tag).replace("=", "%3D")) + "=" + said;
    }

    /** So that no name can look like another part of what usage is kept under. */
    private static String escaped(String name) {
        return name.replace("%", "%25").replace("/", "%2F").replace("|", "%7C");
    }
}
