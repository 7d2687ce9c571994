package dev.tierway.bootstrap.config;

import dev.tierway.bootstrap.discovery.FoundServer;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Adds to a configuration, as comments, the servers found on this machine: who takes the # away has them. */
public final class LocalSuggestions {
    private static final String PROVIDERS = "providers:\n";
    private static final String MODELS = "models:\n";

    private LocalSuggestions() {}

    /**
     * The same text with comments after its lines {@code providers:} and {@code models:}.
     *
     * @param yaml with those two, at the left
     */
    public static String into(String yaml, List<FoundServer> servers) {
        if (servers.isEmpty()) {
            return yaml;
        }
        LocalModels local = new LocalModels(servers, Set.of());
        String providers = "# Found on this machine. To use it, take the # away here and under models.\n"
                + commented(local.providers());
        StringBuilder models = new StringBuilder();
        local.remarks()
                .forEach(remark -> models.append("# Note: ").append(remark).append(".\n"));
        if (!local.models().isEmpty()) {
            models.append("# Found on this machine, under the providers of the same names above.\n")
                    .append(commented(local.models()));
        }
        return after(after(yaml, MODELS, models.toString()), PROVIDERS, providers);
    }

    private static String after(String yaml, String line, String comments) {
        int at = yaml.startsWith(line) ? 0 : yaml.indexOf("\n" + line) + 1;
        int end = at + line.length();
        return yaml.substring(0, end) + comments + yaml.substring(end);
    }

    private static String commented(String lines) {
        return lines.lines().map(line -> "#" + line + "\n").collect(Collectors.joining());
    }
}
