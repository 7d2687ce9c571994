package dev.tierway.bootstrap.config;

import dev.tierway.ConfigProblem;
import dev.tierway.GatewayConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a configuration: text to nodes, nodes to typed values, then what must hold between them. */
public final class ConfigLoader {
    private ConfigLoader() {}

    /**
     * What reading came to.
     *
     * @param config null if a problem is an error
     * @param problems in the file's order
     */
    public record Loaded(@Nullable GatewayConfig config, List<ConfigProblem> problems) {}

    public static Loaded load(Path file, Map<String, String> environment) {
        try {
            return read(Source.of(file), environment);
        } catch (Unfit e) {
            Problems problems = new Problems(file.toString());
            problems.error(Location.WHOLE_FILE, "", String.valueOf(e.getMessage()), e.suggestion());
            return new Loaded(null, problems.all());
        }
    }

    public static Loaded parse(String text, Map<String, String> environment) {
        return read(Source.of(text), environment);
    }

    static Loaded read(Source source, Map<String, String> environment) {
        Problems problems = new Problems(source.name());
        Placeholders placeholders = new Placeholders(environment, source.folder());
        Node node = DocumentReader.read(source, placeholders, problems);
        GatewayConfig config = node == null ? null : config(node, source.folder(), problems);
        if (node == null || config == null || problems.hasErrors()) {
            return new Loaded(null, problems.all());
        }
        return new Loaded(
                config.withWarnings(problems.all())
                        .withText(KeptText.of(source, node, config, problems.secrets(), placeholders.filesRead())),
                problems.all());
    }

    /**
     * Reads a text that was kept of an earlier configuration.
     *
     * @param name as shown in problems
     * @param file what relative paths start from the folder of; null: the working directory
     */
    public static Loaded again(String text, String name, @Nullable Path file, Map<String, String> environment) {
        Path folder = file == null ? null : file.toAbsolutePath().getParent();
        return read(new Source(name, text, true, folder == null ? Path.of("") : folder, file), environment);
    }

    private static @Nullable GatewayConfig config(Node read, Path folder, Problems problems) {
        Node node = read instanceof Node.Mapping file ? CatalogueSources.writtenOut(file, folder, problems) : read;
        if (node instanceof Node.Scalar scalar && scalar.written() == Node.Written.NOTHING) {
            problems.error(Location.WHOLE_FILE, "", "the configuration is empty", "start with `tierway init`");
            return null;
        }
        GatewayConfig config = RootSection.SECTION.read(node, problems);
        if (node instanceof Node.Mapping root) {
            Declared declared = new Declared(root, problems);
            new ReferenceChecks(root, declared, problems).run();
            new NameChecks(declared, problems).run();
            new RouteChecks(root, declared, problems).run();
            new RuleChecks(root, declared, problems).run();
            new StrategyChecks(root, problems).run();
            new AuthChecks(root, declared, problems).run();
            ExposureCheck.run(root, problems);
            if (config != null && !problems.hasErrors()) {
                EffectiveChecks.run(root, config, problems);
            }
        }
        return config;
    }
}
