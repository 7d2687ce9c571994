package dev.tierway.bootstrap.cli.doctor;

import dev.tierway.GatewayConfig;
import dev.tierway.ProviderConfig;
import dev.tierway.bootstrap.discovery.FoundModel;
import dev.tierway.bootstrap.discovery.FoundServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which servers of models run on this machine, and whether the configuration uses them. */
public final class LocalCheck {
    private static final String AREA = "local";
    private static final int MOST_NAMED = 5;

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]", "::1", "0.0.0.0");

    private LocalCheck() {}

    /** @param config null if there is none that can be used */
    public static List<Finding> of(List<FoundServer> servers, @Nullable GatewayConfig config) {
        if (servers.isEmpty()) {
            return List.of(Finding.ok(AREA, "", "no server of models at the usual ports of this machine"));
        }
        List<Finding> findings = new ArrayList<>();
        for (FoundServer server : servers) {
            findings.add(Finding.ok(AREA, server.kind(), words(server, config)));
        }
        return findings;
    }

    private static String words(FoundServer server, @Nullable GatewayConfig config) {
        String found = server.baseUrl().getHost() + ":" + server.baseUrl().getPort() + " serves " + models(server);
        if (config == null) {
            return found;
        }
        List<String> users = config.providers().stream()
                .filter(provider -> reaches(provider, server.baseUrl()))
                .map(provider -> "'" + provider.id() + "'")
                .toList();
        return users.isEmpty()
                ? found + "; the configuration doesn't use it: `tierway init` writes down how"
                : found + "; the configuration uses it as " + String.join(", ", users);
    }

    private static String models(FoundServer server) {
        List<String> names = server.models().stream().map(FoundModel::name).toList();
        if (names.isEmpty()) {
            return "no model: load one there";
        }
        String first = String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())));
        return names.size() <= MOST_NAMED ? first : first + " and " + (names.size() - MOST_NAMED) + " more";
    }

    private static boolean reaches(ProviderConfig provider, URI server) {
        URI url = provider.baseUrl();
        return url != null
                && url.getHost() != null
                && THIS_MACHINE.contains(url.getHost())
                && url.getPort() == server.getPort();
    }
}
