package dev.tierway.bootstrap.cli;

import dev.tierway.bootstrap.cli.show.Documents;
import dev.tierway.bootstrap.cli.show.Format;
import java.io.PrintWriter;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The options all commands have, where their output goes, and the world they run in. */
final class Session {
    private final Surroundings world;

    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec root;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            converter = FormatConverter.class,
            defaultValue = "table",
            description = "table, json or yaml, for history csv, and for simulate html; default: table")
    Format format = Format.TABLE;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show where an error comes from; so does TIERWAY_DEBUG=true")
    boolean debug;

    Session(Surroundings world) {
        this.world = world;
    }

    Surroundings world() {
        return world;
    }

    Lifetime lifetime() {
        return world.lifetime();
    }

    Format format() {
        return format;
    }

    boolean isTable() {
        return format == Format.TABLE;
    }

    /** The environment counts as well: where the arguments can't be understood, there is no option to read. */
    boolean isDebug() {
        return debug || world.variable("TIERWAY_DEBUG").filter("true"::equals).isPresent();
    }

    PrintWriter out() {
        return commandLine().getOut();
    }

    /** For people watching: remarks, warnings, errors. */
    PrintWriter err() {
        return commandLine().getErr();
    }

    /** Says which commands there are. */
    void usage() {
        commandLine().usage(err());
        err().flush();
    }

    private CommandLine commandLine() {
        if (root == null) {
            throw new IllegalStateException("a session belongs to a command line");
        }
        return root.commandLine();
    }

    /** Writes a result in the format asked for. */
    void show(Object document, Supplier<String> table) {
        switch (format) {
            case TABLE -> out().print(table.get());
            case JSON -> out().print(Documents.json(document));
            case YAML -> out().print(Documents.yaml(document));
            case CSV -> throw new IllegalStateException("only history is written as CSV");
            case HTML -> throw new IllegalStateException("only simulations have a page");
        }
        out().flush();
    }

    /** A remark beside the result. */
    void remark(String line) {
        err().println(line);
        err().flush();
    }

    static final class FormatConverter implements CommandLine.ITypeConverter<Format> {
        @Override
        public Format convert(String value) {
            try {
                return Format.parse(value);
            } catch (IllegalArgumentException unknown) {
                throw new CommandLine.TypeConversionException(unknown.getMessage());
            }
        }
    }
}
