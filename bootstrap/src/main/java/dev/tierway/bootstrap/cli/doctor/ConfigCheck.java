package dev.tierway.bootstrap.cli.doctor;

import dev.tierway.ConfigProblem;
import dev.tierway.GatewayConfig;
import dev.tierway.ProviderConfig;
import java.util.ArrayList;
import java.util.List;

/** Whether there is a usable configuration, and the keys its providers need. */
public final class ConfigCheck {
    private static final String CONFIG = "config";
    private static final String KEYS = "keys";

    private ConfigCheck() {}

    public static Finding missing(String words) {
        return Finding.fail(CONFIG, "", words);
    }

    /** What is wrong with a configuration that can't be used. */
    public static List<Finding> broken(String origin, List<ConfigProblem> problems) {
        return problems.stream().map(problem -> finding(origin, problem)).toList();
    }

    public static List<Finding> of(String origin, GatewayConfig config) {
        List<Finding> findings = new ArrayList<>();
        int replicas = config.models().stream()
                .mapToInt(model -> model.replicas().size())
                .sum();
        findings.add(Finding.ok(
                CONFIG,
                origin,
                config.providers().size() + " providers, " + config.models().size() + " models, " + replicas
                        + " replicas, " + config.routes().size() + " routes"));
        config.warnings().forEach(warning -> findings.add(finding(origin, warning)));
        config.providers().forEach(provider -> findings.add(key(provider)));
        return findings;
    }

    private static Finding finding(String origin, ConfigProblem problem) {
        boolean error = problem.severity() == ConfigProblem.Severity.ERROR;
        return new Finding(CONFIG, origin, error ? Finding.Health.FAIL : Finding.Health.WARN, problem.toString());
    }

    private static Finding key(ProviderConfig provider) {
        String id = provider.id().value();
        if (provider.simulated() != null) {
            return Finding.ok(KEYS, id, "simulated: needs none");
        }
        if (provider.apiKey() != null) {
            return Finding.ok(KEYS, id, "has an api-key (not tried: nothing is sent)");
        }
        if (!provider.headers().isEmpty()) {
            return Finding.ok(KEYS, id, "no api-key, but headers of its own");
        }
        return provider.local()
                ? Finding.ok(KEYS, id, "no api-key: a local server seldom needs one")
                : Finding.warn(KEYS, id, "no api-key: fine only if the server asks for none");
    }
}
