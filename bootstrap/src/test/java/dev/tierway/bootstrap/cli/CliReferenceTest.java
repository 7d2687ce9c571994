package dev.tierway.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** docs/reference/cli.md has every command and option, and no others: its tables are made from the code. */
final class CliReferenceTest {
    private static final Path PAGE = Path.of(System.getProperty("basedir", ""), "../docs/reference/cli.md");
    private static final String BEGIN = "<!-- made from the code: do not edit below -->\n";

    @Test
    void the_reference_page_lists_exactly_the_commands_and_options_there_are() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN);
        assertThat(begin).as("the marker after which the page is made").isPositive();
        String made = page.substring(0, begin + BEGIN.length()) + "\n" + reference();
        if (Boolean.getBoolean("tierway.regenerate")) {
            Files.writeString(PAGE, made);
        }

        assertThat(Files.readString(PAGE))
                .as("%s is out of date: run this test with -Dtierway.regenerate=true", PAGE)
                .isEqualTo(made);
    }

    private static String reference() {
        CommandLine cli = Cli.of(new Surroundings(Map.of(), Path.of(""), new FakeLifetime()));
        StringBuilder text = new StringBuilder("### every command\n\n");
        text.append(table(cli.getCommandSpec().options(), List.of()));
        commands(cli, "").forEach((name, command) -> {
            text.append("\n### ").append(name).append("\n\n");
            text.append(String.join(" ", command.getCommandSpec().usageMessage().description()))
                    .append("\n");
            List<OptionSpec> own = command.getCommandSpec().options().stream()
                    .filter(option -> !option.inherited())
                    .toList();
            List<PositionalParamSpec> parameters = command.getCommandSpec().positionalParameters();
            if (!own.isEmpty() || !parameters.isEmpty()) {
                text.append("\n").append(table(own, parameters));
            }
        });
        return text.toString();
    }

    /** By what is typed, those below others after them. */
    private static Map<String, CommandLine> commands(CommandLine of, String before) {
        Map<String, CommandLine> commands = new LinkedHashMap<>();
        of.getSubcommands().forEach((name, command) -> {
            commands.put(before + name, command);
            commands.putAll(commands(command, before + name + " "));
        });
        return commands;
    }

    private static String table(List<OptionSpec> options, List<PositionalParamSpec> parameters) {
        StringBuilder text = new StringBuilder("| argument | meaning |\n|---|---|\n");
        parameters.forEach(one -> text.append(row(one.paramLabel(), one)));
        options.forEach(one -> text.append(
                row(String.join(", ", one.names()) + (one.arity().max() == 0 ? "" : " " + one.paramLabel()), one)));
        return text.toString();
    }

    private static String row(String name, ArgSpec argument) {
        return "| `" + name + "` | " + List.of(argument.description()).stream().collect(Collectors.joining(" "))
                + " |\n";
    }
}
