package dev.tierway.bootstrap.config;

import org.jspecify.annotations.Nullable;

/** A gateway that others can reach without a key must be meant. */
final class ExposureCheck {
    private ExposureCheck() {}

    static void run(Node.Mapping root, Problems problems) {
        if (!(root.values().get("server") instanceof Node.Mapping server)) {
            return;
        }
        admin(root, server, problems);
        Node.Scalar bind = server.text("bind");
        if (bind != null && !Loopback.is(bind.text()) && !isMeant(root.values().get("auth"))) {
            problems.error(
                    bind,
                    "everybody who reaches this address could call models at your cost",
                    "write auth: { mode: keys }, or bind 127.0.0.1, or write auth: { mode: none } if that is meant");
        }
    }

    private static void admin(Node.Mapping root, Node.Mapping server, Problems problems) {
        if (!(server.values().get("admin") instanceof Node.Mapping admin)) {
            return;
        }
        Node.Scalar bind = admin.text("bind");
        boolean token = root.values().get("auth") instanceof Node.Mapping auth
                && auth.values().containsKey("admin-token");
        if (bind != null && !Loopback.is(bind.text()) && !token) {
            problems.error(
                    bind,
                    "everybody who reaches this address could operate the gateway",
                    "set auth.admin-token, or bind 127.0.0.1");
        }
    }

    private static boolean isMeant(@Nullable Node auth) {
        return auth instanceof Node.Mapping mapping
                && (mapping.values().containsKey("mode") || AuthChecks.asksForKeys(mapping));
    }
}
