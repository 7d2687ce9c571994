package dev.tierway.application.explain;

import dev.tierway.domain.quota.Descriptor;

/** Whose an agents' limit is, for people, by what its usage is kept under. */
final class AgentWords {
    private AgentWords() {}

    static String of(Descriptor descriptor) {
        String owner = descriptor.owner();
        int slash = owner.lastIndexOf('/');
        if (slash < 0) {
            return "all agents together";
        }
        String last = owner.substring(slash + 1);
        int equals = last.indexOf('=');
        String kind = last.substring(0, equals);
        if (descriptor.countsOthers()) {
            return "the names beyond 10,000, which are counted together";
        }
        String name = read(last.substring(equals + 1));
        int colon = kind.indexOf(':');
        if (kind.startsWith("workflow")) {
            return "workflow '" + name + "'";
        }
        return (name.isEmpty() ? "the agent without a name" : "agent '" + name + "'")
                + (colon < 0 ? "" : " in workflow '" + read(kind.substring(colon + 1)) + "'");
    }

    private static String read(String escaped) {
        return escaped.replace("%3D", "=")
                .replace("%7C", "|")
                .replace("%2F", "/")
                .replace("%25", "%");
    }
}
