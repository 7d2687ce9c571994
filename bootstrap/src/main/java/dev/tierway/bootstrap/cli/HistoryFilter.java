package dev.tierway.bootstrap.cli;

import dev.tierway.bootstrap.cli.remote.Urls;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which attempts {@code history} is about. */
final class HistoryFilter {
    @Option(names = "--agent", paramLabel = "NAME", description = "Only of that agent")
    @Nullable
    String agent;

    @Option(names = "--key", paramLabel = "ID", description = "Only of that API key")
    @Nullable
    String key;

    @Option(names = "--model", paramLabel = "ID", description = "Only at that logical model")
    @Nullable
    String model;

    @Option(names = "--replica", paramLabel = "ID", description = "Only at that replica")
    @Nullable
    String replica;

    @Option(names = "--provider", paramLabel = "ID", description = "Only at that provider")
    @Nullable
    String provider;

    @Option(names = "--workflow", paramLabel = "NAME", description = "Only of that workflow")
    @Nullable
    String workflow;

    @Option(names = "--user", paramLabel = "NAME", description = "Only for that user")
    @Nullable
    String user;

    @Option(names = "--tag", paramLabel = "NAME=VALUE", description = "Only with that tag")
    @Nullable
    String tag;

    @Option(names = "--call", paramLabel = "ID", description = "Only of that call, e.g. dec_...")
    @Nullable
    String call;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Only what ended then or later: 15m, 2h, 1d, or 2026-01-31T12:00:00Z")
    @Nullable
    String since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Only what ended before")
    @Nullable
    String until;

    @Option(names = "--failed", description = "Only attempts that failed")
    boolean failed;

    /** Those asked for, as a query string has them. */
    List<String> parameters() {
        List<String> parameters = new ArrayList<>();
        add(parameters, "agent", agent);
        add(parameters, "key", key);
        add(parameters, "model", model);
        add(parameters, "replica", replica);
        add(parameters, "provider", provider);
        add(parameters, "workflow", workflow);
        add(parameters, "user", user);
        add(parameters, "tag", tag);
        add(parameters, "call", call);
        add(parameters, "since", since);
        add(parameters, "until", until);
        add(parameters, "outcome", failed ? "failed" : null);
        return parameters;
    }

    private static void add(List<String> parameters, String name, @Nullable String value) {
        if (value != null) {
            parameters.add(name + "=" + Urls.encoded(value));
        }
    }
}
