package dev.tierway.bootstrap.config;

import dev.tierway.application.limits.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code budgets.rules[].for}. */
final class BudgetForSection {
    private static final String EACH = "*";

    static final Key<String> KEY = named("key", "The API key of that id; `\"*\"`: each key for itself.");
    static final Key<String> AGENT = named(
            "agent",
            "Calls with that option `agent`, without an API key or with one that fixes it; `\"*\"`: each one for"
                    + " itself, within its API key.");
    static final Key<String> WORKFLOW = named("workflow", "The same for the option `workflow`.");
    static final Key<String> USER = named("user", "The same for the option `user`.");
    static final Key<Subject.Tagged> TAG = Key.optional(
            "tag",
            new ScalarShape<>(
                    "a tag such as team=search, or \"team=*\"",
                    Scalars.TEXT.accepts(),
                    Scalars.TEXT.schema(),
                    BudgetForSection::tag),
            "Calls with that one of the option `tags`, without an API key or with one that fixes it; `\"team=*\"`:"
                    + " each value for itself, within its API key.");

    static final Section<Subject> SECTION = Section.of(
            "budget-for",
            "Whom a budget is for: one of these. Calls that don't carry the name aren't limited by it.",
            List.of(KEY, AGENT, WORKFLOW, USER, TAG),
            BudgetForSection::subject);

    private BudgetForSection() {}

    private static Key<String> named(String name, String meaning) {
        return Key.optional(name, Scalars.TEXT, meaning);
    }

    private static Subject.Tagged tag(String text) {
        String printable = Scalars.TEXT.parse().apply(text);
        int equals = printable.indexOf('=');
        if (equals < 1 || equals == printable.length() - 1) {
            throw new Unfit("is not a tag and its value", "write team=search, or \"team=*\"");
        }
        String value = printable.substring(equals + 1);
        return new Subject.Tagged(printable.substring(0, equals), value.equals(EACH) ? null : value);
    }

    private static Subject subject(Values v) {
        List<Subject> all = new ArrayList<>();
        add(v, KEY, Subject.OfKey::new, all);
        add(v, AGENT, name -> new Subject.Named(Subject.Word.AGENT, name), all);
        add(v, WORKFLOW, name -> new Subject.Named(Subject.Word.WORKFLOW, name), all);
        add(v, USER, name -> new Subject.Named(Subject.Word.USER, name), all);
        Subject.Tagged tagged = v.get(TAG);
        if (tagged != null) {
            all.add(tagged);
        }
        if (all.size() > 1) {
            throw new Unfit("names several at once", "make a budget of each");
        }
        if (all.isEmpty()) {
            if (List.of(KEY, AGENT, WORKFLOW, USER, TAG).stream().noneMatch(v::has)) {
                throw new Unfit("names nobody", "name a key, agent, workflow, user or tag, or remove it");
            }
            return new Subject.Everyone();
        }
        return all.getFirst();
    }

    private static void add(Values v, Key<String> key, Function<@Nullable String, Subject> make, List<Subject> all) {
        String name = v.get(key);
        if (name != null) {
            all.add(make.apply(name.equals(EACH) ? null : name));
        }
    }
}
