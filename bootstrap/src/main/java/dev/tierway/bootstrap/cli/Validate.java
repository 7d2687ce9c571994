package dev.tierway.bootstrap.cli;

import dev.tierway.ConfigProblem;
import dev.tierway.GatewayConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tierway validate}. */
@Command(
        name = "validate",
        description = "Report everything that is wrong with a configuration at once: line, key, what to do.")
final class Validate implements Callable<Integer> {
    private static final String SCHEMA = "/dev/tierway/tierway.schema.json";

    private final Session session;

    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "The configuration, YAML or JSON")
    @Nullable
    Path file;

    @Option(names = "--schema", description = "Print the JSON Schema of configurations instead")
    boolean schema;

    Validate(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        if (schema == (file != null)) {
            throw Misuse.of(
                    spec,
                    schema ? "--schema takes no FILE" : "Name the FILE to check, e.g. `tierway validate tierway.yaml`");
        }
        return file == null ? printSchema() : check(file);
    }

    private int printSchema() throws IOException {
        try (InputStream in = Validate.class.getResourceAsStream(SCHEMA)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + SCHEMA);
            }
            session.out().print(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            session.out().flush();
        }
        return 0;
    }

    private int check(Path given) {
        Path target = session.world().path(given);
        List<ConfigProblem> problems =
                GatewayConfig.validate(target, session.world().environment());
        long errors = problems.stream().filter(Validate::isError).count();
        List<WholeCatalogue> served = errors > 0
                ? List.of()
                : WholeCatalogue.of(GatewayConfig.load(target, session.world().environment()));
        session.show(
                Map.of(
                        "valid",
                        errors == 0,
                        "problems",
                        problems.stream().map(Validate::document).toList(),
                        "catalogue",
                        served.stream().map(WholeCatalogue::document).toList()),
                () -> problems.stream().map(problem -> problem + "\n").collect(Collectors.joining())
                        + served.stream().map(one -> one.words() + "\n").collect(Collectors.joining())
                        + verdict(given, errors, problems.size() - errors)
                        + "\n");
        return errors == 0 ? 0 : 1;
    }

    static boolean isError(ConfigProblem problem) {
        return problem.severity() == ConfigProblem.Severity.ERROR;
    }

    private static String verdict(Path file, long errors, long warnings) {
        String doubts = warnings == 0 ? "" : ", " + counted(warnings, "warning");
        return errors == 0 ? file + " is valid" + doubts + "." : file + ": " + counted(errors, "error") + doubts + ".";
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static Map<String, @Nullable Object> document(ConfigProblem problem) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("severity", isError(problem) ? "error" : "warning");
        json.put("file", problem.file());
        json.put("line", problem.line());
        json.put("column", problem.column());
        json.put("path", problem.path());
        json.put("message", problem.message());
        json.put("suggestion", problem.suggestion());
        return json;
    }
}
