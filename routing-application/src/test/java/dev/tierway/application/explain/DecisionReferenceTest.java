package dev.tierway.application.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.docs.ReferencePage;
import dev.tierway.application.docs.SampleCall;
import dev.tierway.application.docs.Samples;
import dev.tierway.domain.call.AttemptResult;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.PluginStage;
import dev.tierway.domain.call.PluginUse;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fleet.Circuit;
import dev.tierway.domain.fleet.ProbeResult;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.routing.Ask;
import dev.tierway.domain.routing.BuiltInStrategy;
import dev.tierway.domain.routing.Change;
import dev.tierway.domain.routing.Choice;
import dev.tierway.domain.routing.DecidedBy;
import dev.tierway.domain.routing.Rejection;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/reference/decision.md says neither less nor more than the code. */
final class DecisionReferenceTest {
    private static final ReferencePage PAGE = ReferencePage.named("decision.md");
    private static final Pattern FIELD = Pattern.compile("\"([a-z_]+)\":");
    /** Members whose names are data, or are compared by themselves. */
    private static final Set<String> OPEN =
            Set.of("options", "omitted", "reasons", "bypassed", "changes", "alternatives");

    static Stream<Arguments> enumerations() {
        return Stream.of(
                Arguments.of("asked.level", names(Ask.Level.values(), Ask.Level::id)),
                Arguments.of(
                        "asked.strategy",
                        names(BuiltInStrategy.values(), one -> one.id().id())),
                Arguments.of("asked.needs", names(Capability.values(), Capability::id)),
                Arguments.of("tokens.how", lower(TokenUsage.Counted.values())),
                Arguments.of("outcome.status", statuses()),
                Arguments.of("plugins[].stage", names(PluginStage.values(), PluginStage::id)),
                Arguments.of("plugins[].outcome", names(PluginUse.Outcome.values(), PluginUse.Outcome::id)),
                Arguments.of("because", with("nobody_eligible", lower(Choice.Because.values()))),
                Arguments.of("decided_by", names(DecidedBy.values(), DecidedBy::id)),
                Arguments.of("changes[].option", lower(Change.Option.values())),
                Arguments.of("candidates[].verdict", verdicts()),
                Arguments.of("facts.circuit", names(Circuit.Phase.values(), Circuit.Phase::id)),
                Arguments.of("facts.probe", names(ProbeResult.values(), ProbeResult::id)),
                Arguments.of("reasons[].kind", names(Rejection.Kind.values(), Rejection.Kind::id)),
                Arguments.of("reasons[].scope", lower(Failure.Scope.values())),
                Arguments.of("result.class", names(FailureClass.values(), FailureClass::id)),
                Arguments.of("result.charge", lower(AttemptResult.Charged.values())),
                Arguments.of("result.verdict", lower(AttemptResult.Verdict.values())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("enumerations")
    void every_value_is_documented_and_every_documented_value_exists(String field, Set<String> values) {
        List<String> documented =
                PAGE.tableUnder(field).stream().map(row -> row.get(0)).toList();
        assertThat(documented).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(values);
    }

    @Test
    void every_reason_is_documented_with_its_kind_and_its_fields() {
        Set<List<Object>> documented = new LinkedHashSet<>();
        for (List<String> row : PAGE.tableUnder("reasons[].code")) {
            Set<String> fields = new TreeSet<>(Arrays.asList(row.get(2).split(",\\s*")));
            fields.remove("");
            documented.add(List.of(row.get(0), row.get(1), fields));
        }
        Set<List<Object>> actual = new LinkedHashSet<>();
        for (Rejection rejection : Samples.of(Rejection.class)) {
            Set<String> fields = members(out -> ReasonWriter.write(rejection, 0, out));
            fields.removeAll(Set.of("code", "kind", "until_ms"));
            actual.add(List.of(rejection.code(), rejection.kind().id(), fields));
        }
        assertThat(documented).containsExactlyInAnyOrderElementsOf(actual);
    }

    @Test
    void every_change_is_documented_with_its_fields() {
        Set<List<Object>> documented = new LinkedHashSet<>();
        for (List<String> row : PAGE.tableUnder("changes[].change")) {
            Set<String> fields = new TreeSet<>(Arrays.asList(row.get(1).split(",\\s*")));
            fields.remove("");
            documented.add(List.of(row.get(0), fields));
        }
        Set<List<Object>> actual = new LinkedHashSet<>();
        for (Change change : Samples.of(Change.class)) {
            Set<String> fields = members(out -> ChangeWriter.write(change, out));
            fields.remove("change");
            actual.add(List.of(change.code(), fields));
            assertThat(WhyNotWords.words(change)).doesNotContain("null");
        }
        assertThat(documented).containsExactlyInAnyOrderElementsOf(actual);
    }

    private static Set<String> members(Consumer<JsonWriter> writing) {
        JsonTree tree = new JsonTree();
        writing.accept(tree);
        return new TreeSet<>(tree.document().keySet());
    }

    @Test
    void every_field_of_a_decision_is_documented() {
        String text = PAGE.text();
        assertThat(fieldsOfAllDocuments())
                .allSatisfy(field -> assertThat(text).containsAnyOf("\"" + field + "\":", "`" + field + "`"));
    }

    @Test
    void the_example_has_no_field_that_decisions_lack() {
        String text = PAGE.text();
        String json = text.substring(text.indexOf("```json"), text.indexOf("```\n", text.indexOf("```json") + 7));
        String closed = json.replaceAll("\"(omitted|reasons)\": (\\{[^}]*}|\\[[^]]*])", "");
        List<String> shown =
                FIELD.matcher(closed).results().map(found -> found.group(1)).toList();
        assertThat(shown).hasSizeGreaterThan(50).isSubsetOf(fieldsOfAllDocuments());
    }

    private static Set<String> fieldsOfAllDocuments() {
        Set<String> fields = new TreeSet<>();
        documents().forEach(document -> collect(document, fields));
        return fields;
    }

    private static List<Map<String, ?>> documents() {
        Selection spilled =
                SampleCall.byTier(Phase.ACTIVE, Phase.ACTIVE, Phase.DRAINING).spilledAndDelivered();
        Selection bypassing = SampleCall.pinnedTo(Phase.DRAINING).dryRun();
        Selection nobody = SampleCall.byTier(Phase.DRAINING).dryRun();
        return Stream.of(spilled, bypassing, nobody)
                .<Map<String, ?>>map(selection -> DecisionExplainer.document(selection, new Detail("p2/m", true))
                        .json())
                .toList();
    }

    private static void collect(Object json, Set<String> fields) {
        if (json instanceof Map<?, ?> members) {
            members.forEach((name, value) -> {
                fields.add(name.toString());
                if (!OPEN.contains(name.toString())) {
                    collect(value, fields);
                }
            });
        } else if (json instanceof List<?> elements) {
            elements.forEach(element -> collect(element, fields));
        }
    }

    private static Set<String> verdicts() {
        Set<String> verdicts = new TreeSet<>();
        for (Map<String, ?> document : documents()) {
            for (Object round : (List<?>) document.get("rounds")) {
                for (Object candidate : (List<?>) ((Map<?, ?>) round).get("candidates")) {
                    verdicts.add((String) ((Map<?, ?>) candidate).get("verdict"));
                }
            }
        }
        return verdicts;
    }

    private static Set<String> statuses() {
        Set<String> statuses = new TreeSet<>();
        Samples.of(CallResult.class).forEach(result -> statuses.add(result.status()));
        return statuses;
    }

    private static <E> Set<String> names(E[] all, Function<E, String> name) {
        Set<String> names = new TreeSet<>();
        Stream.of(all).map(name).forEach(names::add);
        return names;
    }

    private static Set<String> lower(Enum<?>[] all) {
        return names(all, one -> one.name().toLowerCase(Locale.ROOT));
    }

    private static Set<String> with(String one, Set<String> others) {
        others.add(one);
        return others;
    }
}
