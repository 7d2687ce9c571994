package dev.tierway.bootstrap.cli;

import dev.tierway.adapter.providers.simulated.FaultCatalogue;
import dev.tierway.adapter.providers.simulated.ServerCounts;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import dev.tierway.bootstrap.cli.show.TextTable;
import dev.tierway.bootstrap.demo.SimulatedProvider;
import dev.tierway.bootstrap.demo.SimulatedProvider.Dialect;
import java.net.BindException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code tierway simulated-provider}. */
@Command(
        name = "simulated-provider",
        description = {
            "Run a provider on a loopback port that answers without a model, and does wrong what it is told to.",
            "It asks for no key and runs until Ctrl-C. It speaks OpenAI's, Anthropic's and Gemini's formats at once."
        })
final class SimulateProvider implements Callable<Integer> {
    private final Session session;

    @Mixin
    FaultsOption faults = new FaultsOption();

    @Option(names = "--list-faults", description = "List the faults there are, instead")
    boolean list;

    @Option(
            names = "--port",
            paramLabel = "N",
            converter = PortConverter.class,
            defaultValue = "8090",
            description = "Where it listens; 0: any free port; default: 8090")
    int port = 8090;

    @Option(
            names = "--latency",
            paramLabel = "D",
            converter = DurationConverter.class,
            defaultValue = "0ms",
            description = "Until the first token, e.g. 200ms; default: 0ms")
    Duration latency = Duration.ZERO;

    @Option(
            names = "--per-token",
            paramLabel = "D",
            converter = DurationConverter.class,
            defaultValue = "0ms",
            description = "Between two tokens, e.g. 20ms; default: 0ms")
    Duration perToken = Duration.ZERO;

    @Option(
            names = "--dialect",
            paramLabel = "NAME",
            converter = DialectConverter.class,
            defaultValue = "openai",
            description =
                    "For which format the configuration it prints is: openai, anthropic or gemini; default: openai")
    Dialect dialect = Dialect.OPENAI;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "What chance comes from: the same seed, the same answers and faults; default: 1")
    long seed = 1;

    SimulateProvider(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (list) {
            return list();
        }
        List<FaultCatalogue.Entry> chosen = faults.chosen();
        SimulatedScript script = faults.onto(SimulatedScript.HEALTHY.seed(seed).latency(latency, perToken), chosen);
        try (SimulatedProvider provider = start(script)) {
            session.lifetime().onStop(() -> {
                session.remark("tierway: stopping; " + words(provider.counts()));
                provider.close();
            });
            ready(provider, chosen);
            session.lifetime().awaitStop();
        }
        return 0;
    }

    private SimulatedProvider start(SimulatedScript script) {
        try {
            return SimulatedProvider.start(port, script);
        } catch (BindException taken) {
            throw new CommandFailure(
                    "Port " + port + " can't be used: another program may have it. Choose another with --port; 0 is any"
                            + " free one.",
                    taken);
        }
    }

    private void ready(SimulatedProvider provider, List<FaultCatalogue.Entry> chosen) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("base_url", provider.baseUrl(dialect));
        json.put("faults", chosen.stream().map(SimulateProvider::document).toList());
        json.put("config", provider.config(dialect));
        session.show(json, () -> {
            StringBuilder text = new StringBuilder(
                    "A simulated provider listens on " + provider.baseUrl(dialect) + " until Ctrl-C.\n");
            chosen.forEach(one -> text.append("   ")
                    .append(one.number())
                    .append(' ')
                    .append(one.name())
                    .append(": ")
                    .append(one.words())
                    .append('\n'));
            return text.append("To try it: save this as simulated.yaml, then `tierway conformance --config"
                            + " simulated.yaml`,\n"
                            + "or `tierway serve --config simulated.yaml`.\n\n")
                    .append(provider.config(dialect))
                    .toString();
        });
    }

    private int list() {
        List<FaultCatalogue.Entry> all = FaultCatalogue.entries(Instant.now());
        List<Map<String, String>> documents = new ArrayList<>();
        TextTable table = new TextTable("NUMBER", "NAME", "WHAT THE PROVIDER DOES");
        for (FaultCatalogue.Entry one : all) {
            documents.add(document(one));
            table.row(one.number(), one.name(), one.words());
        }
        session.show(documents, () -> table.render(""));
        return 0;
    }

    private static Map<String, String> document(FaultCatalogue.Entry one) {
        Map<String, String> document = new LinkedHashMap<>();
        document.put("number", one.number());
        document.put("name", one.name());
        document.put("does", one.words());
        return document;
    }

    private static String words(ServerCounts counts) {
        return counts.requests() + " requests came, " + counts.completed() + " were answered to the end, "
                + counts.aborted() + " were left by their clients";
    }

    static final class DialectConverter implements ITypeConverter<Dialect> {
        @Override
        public Dialect convert(String value) {
            for (Dialect dialect : Dialect.values()) {
                if (dialect.toString().equals(value)) {
                    return dialect;
                }
            }
            throw new TypeConversionException("'" + value + "' is none of openai, anthropic, gemini");
        }
    }
}
