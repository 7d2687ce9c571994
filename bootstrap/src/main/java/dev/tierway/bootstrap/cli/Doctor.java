package dev.tierway.bootstrap.cli;

import dev.tierway.GatewayConfig;
import dev.tierway.InvalidConfigException;
import dev.tierway.bootstrap.cli.doctor.ConfigCheck;
import dev.tierway.bootstrap.cli.doctor.Finding;
import dev.tierway.bootstrap.cli.doctor.LocalCheck;
import dev.tierway.bootstrap.cli.doctor.MachineCheck;
import dev.tierway.bootstrap.cli.doctor.QuotaCheck;
import dev.tierway.bootstrap.cli.doctor.ReachabilityCheck;
import dev.tierway.bootstrap.cli.doctor.StoreCheck;
import dev.tierway.bootstrap.cli.show.TextTable;
import dev.tierway.bootstrap.runtime.BuildInfo;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tierway doctor}. */
@Command(
        name = "doctor",
        description = "Check configuration, keys, reachability, local servers, stores, clock and versions; nothing is"
                + " billed.")
final class Doctor implements Callable<Integer> {
    private final Session session;

    @Mixin
    ConfigOption config = new ConfigOption();

    Doctor(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        List<Finding> findings = new ArrayList<>(ofConfig());
        findings.addAll(MachineCheck.of(Instant.now(), BuildInfo.read()));
        session.show(findings.stream().map(Doctor::document).toList(), () -> table(findings));
        return findings.stream().anyMatch(one -> one.health() == Finding.Health.FAIL) ? 1 : 0;
    }

    private List<Finding> ofConfig() throws InterruptedException {
        Optional<ConfigOption.Chosen> chosen;
        try {
            chosen = config.config(session.world());
        } catch (InvalidConfigException broken) {
            String origin = config.file(session.world()).map(Path::toString).orElse("environment");
            return with(ConfigCheck.broken(origin, broken.problems()), local(null));
        }
        if (chosen.isEmpty()) {
            return with(
                    List.of(ConfigCheck.missing(
                            String.valueOf(Serve.nothingToServe().getMessage()))),
                    local(null));
        }
        GatewayConfig loaded = chosen.get().config();
        List<Finding> findings = new ArrayList<>(ConfigCheck.of(chosen.get().origin(), loaded));
        findings.addAll(ReachabilityCheck.of(loaded));
        findings.addAll(local(loaded));
        findings.add(StoreCheck.of(loaded.storage(), session.world().folder()));
        findings.addAll(QuotaCheck.of(loaded.storage()));
        return findings;
    }

    private List<Finding> local(@Nullable GatewayConfig loaded) throws InterruptedException {
        return LocalCheck.of(session.world().local().find(), loaded);
    }

    private static List<Finding> with(List<Finding> first, List<Finding> second) {
        List<Finding> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }

    private static String table(List<Finding> findings) {
        TextTable table = new TextTable("CHECK", "OF", "", "FOUND");
        findings.forEach(one -> table.row(one.area(), one.about(), one.health().toString(), one.words()));
        long failed = findings.stream()
                .filter(one -> one.health() == Finding.Health.FAIL)
                .count();
        return table.render("") + (failed == 0 ? "Nothing fails.\n" : failed + " of these must be mended.\n");
    }

    private static Map<String, String> document(Finding finding) {
        return Map.of(
                "check",
                finding.area(),
                "of",
                finding.about(),
                "health",
                finding.health().toString(),
                "found",
                finding.words());
    }
}
