package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which replicas an operator's command is about: exactly one of these. */
final class ScopeOption {
    @Option(names = "--replica", paramLabel = "ID", required = true, description = "This replica")
    @Nullable
    String replica;

    @Option(names = "--provider", paramLabel = "ID", required = true, description = "All replicas of this provider")
    @Nullable
    String provider;

    @Option(names = "--model", paramLabel = "ID", required = true, description = "All replicas of this model")
    @Nullable
    String model;

    @Option(
            names = "--quota-domain",
            paramLabel = "ID",
            required = true,
            description = "All replicas that use up this quota domain")
    @Nullable
    String quotaDomain;

    void put(ObjectNode body) {
        put(body, "replica", replica);
        put(body, "provider", provider);
        put(body, "model", model);
        put(body, "quota_domain", quotaDomain);
    }

    private static void put(ObjectNode body, String name, @Nullable String value) {
        if (value != null) {
            body.put(name, value);
        }
    }
}
