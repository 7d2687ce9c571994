package dev.tierway.bootstrap.config;

import dev.tierway.application.toolaccess.ToolLimit;
import dev.tierway.application.toolaccess.ToolPattern;
import dev.tierway.application.toolaccess.ToolPolicy;
import dev.tierway.application.toolaccess.ToolRules;
import dev.tierway.application.toolaccess.ToolRules.WhenCalled;
import dev.tierway.application.toolaccess.ToolRules.WhenOffered;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** {@code agents.tools}. */
final class ToolRulesSection {
    private static final ScalarShape<ToolPattern> PATTERN = new ScalarShape<>(
            "a tool's name, in which * stands for any characters",
            Scalars.TEXT.accepts(),
            Scalars.TEXT.schema(),
            text -> new ToolPattern(Scalars.TEXT.parse().apply(text)));
    private static final String NAMES =
            " `*` stands for any characters; the tools of MCP server `shell` are `shell.*`.";

    static final Key<Boolean> DEFAULT = Key.optional(
                    "default",
                    Scalars.choice("default", List.of(true, false), allowed -> allowed ? "allow" : "deny"),
                    "What goes for tools that no list names, where there is no `allow`.")
            .absentMeans("`allow`; for an agent, as for all");
    static final Key<List<ToolPattern>> ALLOW = Key.optional(
                    "allow",
                    new ListShape<>(PATTERN, "a list of tools", 0),
                    "Only these may be used; empty: this list restricts nothing." + NAMES)
            .absentMeans("empty");
    static final Key<List<ToolPattern>> DENY = Key.optional(
                    "deny",
                    new ListShape<>(PATTERN, "a list of tools", 0),
                    "These may not be used, whatever else is said." + NAMES)
            .absentMeans("empty");
    static final Key<WhenOffered> OFFERED = Key.optional(
                    "offered",
                    Scalars.choice("offered", List.of(WhenOffered.values()), ToolRulesSection::word),
                    "What becomes of a call that offers the model a denied tool. `remove`: it goes without the tool,"
                            + " and says so in a warning; `refuse`: it gets 403.")
            .or("remove");
    static final Key<WhenCalled> CALLED = Key.optional(
                    "called",
                    Scalars.choice("called", List.of(WhenCalled.values()), ToolRulesSection::word),
                    "What becomes of a denied tool that the model asks for all the same. `tell`: it reads an error in"
                            + " place of the result; `fail`: the conversation ends with 403.")
            .or("tell");

    private static final Section<ToolPolicy> AGENT = Section.of(
            "agent-tools",
            "What goes for the tools of one agent. A denial anywhere holds; its own `allow` goes before the general"
                    + " one.",
            List.of(DEFAULT, ALLOW, DENY),
            ToolRulesSection::policy);

    static final Key<Map<String, ToolPolicy>> AGENTS = Key.optional(
            "agents",
            new MapShape<>(Scalars.TEXT, AGENT, "a set of agents by name"),
            "The same for single agents, by the option `agent`.");
    static final Key<List<ToolLimit>> LIMITS = Key.optional(
            "limits",
            new ListShape<>(ToolLimitSection.SECTION, "a list of limits", 0),
            "How often tools may be used in conversations that this gateway leads.");

    static final Section<ToolRules> SECTION = Section.of(
            "tools-access",
            "Which tools may be used: checked on those a call offers, and on those the model asks for.",
            List.of(DEFAULT, ALLOW, DENY, OFFERED, CALLED, AGENTS, LIMITS),
            ToolRulesSection::rules);

    private ToolRulesSection() {}

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static ToolPolicy policy(Values v) {
        return new ToolPolicy(v.get(DEFAULT), v.get(ALLOW, List.of()), v.get(DENY, List.of()));
    }

    private static ToolRules rules(Values v) {
        Set<String> ids = new HashSet<>();
        for (ToolLimit limit : v.get(LIMITS, List.of())) {
            if (!ids.add(limit.id())) {
                v.error(LIMITS, "two limits have the id '" + limit.id() + "'", "usage is kept by id: rename one");
            }
        }
        return new ToolRules(
                policy(v), v.get(AGENTS, Map.of()), v.value(OFFERED), v.value(CALLED), v.get(LIMITS, List.of()));
    }
}
