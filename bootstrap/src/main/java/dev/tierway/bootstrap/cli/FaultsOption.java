package dev.tierway.bootstrap.cli;

import dev.tierway.adapter.providers.simulated.FaultCatalogue;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import dev.tierway.adapter.providers.simulated.Stage;
import dev.tierway.adapter.providers.simulated.When;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** What a simulated provider does wrong, and to which requests. */
final class FaultsOption {
    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec command;

    @Option(
            names = "--fault",
            paramLabel = "FAULT",
            arity = "1..*",
            split = ",",
            description =
                    "What goes wrong, by number or name as --list-faults has them, e.g. P11 or truncated. Of several,"
                            + " each request gets one by chance; so it does of several with one number")
    List<String> faults = List.of();

    @Option(
            names = "--stage",
            paramLabel = "STAGE",
            converter = StageConverter.class,
            defaultValue = "before-headers",
            description = "How far a reply gets before its fault, where that matters: before-headers,"
                    + " before-first-token or mid-stream; default: before-headers")
    Stage stage = Stage.BEFORE_HEADERS;

    @Option(
            names = "--share",
            paramLabel = "X",
            description = "Share of requests a fault is done to, drawn by the seed; default: 1, all of them")
    @Nullable
    Double share;

    /** The faults asked for; empty if there are none. */
    List<FaultCatalogue.Entry> chosen() {
        List<FaultCatalogue.Entry> chosen = new ArrayList<>();
        for (String name : faults) {
            List<FaultCatalogue.Entry> found = FaultCatalogue.find(name, Instant.now());
            if (found.isEmpty()) {
                throw Misuse.of(
                        command, "--fault: there is no '" + name + "'" + instead(name) + "; there are " + known());
            }
            chosen.addAll(found);
        }
        if (share != null && !(share > 0 && share <= 1)) {
            throw Misuse.of(command, "--share may be more than 0 and at most 1, not " + share);
        }
        if (share != null && chosen.isEmpty()) {
            throw Misuse.of(command, "--share belongs to --fault: name one");
        }
        return chosen;
    }

    private static String instead(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "P1", "P2", "P3", "P4" ->
                " (it strikes before a server is reached: use a base-url where nobody listens)";
            case "P30" -> " (it is a matter of time: use --latency)";
            default -> "";
        };
    }

    private static String known() {
        return FaultCatalogue.entries(Instant.EPOCH).stream()
                .map(one -> one.number() + " " + one.name())
                .collect(Collectors.joining(", "));
    }

    /**
     * The script with those faults. A request draws one number; a fault has the stretch of it between the bound of the
     * fault before and its own.
     */
    SimulatedScript onto(SimulatedScript healthy, List<FaultCatalogue.Entry> chosen) {
        double hit = share == null ? 1 : share;
        SimulatedScript script = healthy;
        for (int i = 0; i < chosen.size(); i++) {
            boolean always = hit >= 1 && i == chosen.size() - 1;
            When when = always ? When.always() : new When.Chance(hit * (i + 1) / chosen.size());
            script = script.fault(chosen.get(i).fault().at(stage).on(when));
        }
        return script;
    }

    static String id(Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static final class StageConverter implements ITypeConverter<Stage> {
        @Override
        public Stage convert(String value) {
            for (Stage stage : Stage.values()) {
                if (id(stage).equals(value)) {
                    return stage;
                }
            }
            throw new TypeConversionException(
                    "'" + value + "' is none of before-headers, before-first-token, mid-stream");
        }
    }
}
