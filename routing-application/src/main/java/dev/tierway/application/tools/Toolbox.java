package dev.tierway.application.tools;

import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.ToolDefinition;
import dev.tierway.application.port.out.ToolOutcome;
import dev.tierway.application.port.out.ToolSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tools of one step, by the names the model knows them by. */
final class Toolbox {
    /** Between a source's id and its tool's name: a dot, which people write, is in no vendor's names. */
    private static final String DOT = "__";

    private static final int LONGEST_NAME = 64;

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** Runs a tool. */
    interface Run {
        ToolOutcome run(JsonText arguments, ToolContext context) throws Exception;
    }

    /** @param timeout null: its source or the conversation decides */
    record Entry(
            ToolDefinition definition, Run run, @Nullable Duration timeout) {}

    private Toolbox() {}

    /**
     * @param sources those wanted
     * @throws IllegalArgumentException if two tools would have one name
     * @throws ToolSource.ToolSourceException if a source can't be asked, and has never been
     */
    static Toolbox of(ToolOptions options, List<ToolSource> sources) {
        Toolbox box = new Toolbox();
        for (JavaTool tool : options.tools()) {
            box.add(
                    tool.definition(),
                    (arguments, context) -> ToolOutcome.of(tool.function().call(arguments, context)),
                    tool.timeout());
        }
        for (ToolSource source : sources) {
            for (ToolDefinition tool : source.tools()) {
                box.add(
                        new ToolDefinition(
                                nameOf(source.id(), tool.name()), tool.description(), tool.parameters(), tool.strict()),
                        (arguments, context) -> source.call(tool.name(), arguments),
                        null);
            }
        }
        return box;
    }

    /** As a source's tool is called for the model: what some vendor doesn't take becomes an underscore. */
    static String nameOf(String source, String tool) {
        String name = (source + DOT + tool).replaceAll("[^a-zA-Z0-9_-]", "_");
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }

    private void add(ToolDefinition definition, Run run, @Nullable Duration timeout) {
        if (entries.put(definition.name(), new Entry(definition, run, timeout)) != null) {
            throw new IllegalArgumentException("two tools have the name '" + definition.name()
                    + "' for the model: rename one, or offer one server's tools only");
        }
    }

    void remove(List<String> names) {
        names.forEach(entries::remove);
    }

    @Nullable
    Entry find(String name) {
        return entries.get(name);
    }

    Set<String> names() {
        return entries.keySet();
    }

    List<ToolDefinition> definitions() {
        List<ToolDefinition> all = new ArrayList<>(entries.size());
        entries.values().forEach(entry -> all.add(entry.definition()));
        return all;
    }
}
