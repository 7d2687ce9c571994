package dev.tierway.adapter.persistence.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tierway.application.explain.DecisionExplainer;
import dev.tierway.application.explain.Detail;
import dev.tierway.application.replay.Replay;
import dev.tierway.domain.call.RandomRide;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.money.Price;
import dev.tierway.domain.routing.BuiltInStrategy;
import dev.tierway.domain.routing.Choice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Decisions of random calls through random fleets, made again from nothing but the text of their records. */
class RecordedDecisionsTest {
    private static final int DECISIONS = 1000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static List<Selection> selections(int many) {
        List<Selection> all = new ArrayList<>();
        for (long seed = 0; all.size() < many; seed++) {
            RandomRide ride = seed % 2 == 0 ? RandomRide.failing(seed) : RandomRide.wild(seed);
            if (ride.call.over()) {
                all.add(ride.call.selection());
            }
        }
        return all;
    }

    /** Through text and back, as it is stored and sent. */
    private static Map<String, Object> document(Selection selection) {
        try {
            return JSON.readValue(DecisionExplainer.json(selection, Detail.REPLAY), new TypeReference<>() {});
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_thousand_recorded_decisions_are_the_same_when_made_again() {
        Set<Choice.Because> reasons = new LinkedHashSet<>();
        Set<Object> strategies = new LinkedHashSet<>();
        int several = 0;
        int pinned = 0;
        int escalated = 0;
        for (Selection selection : selections(DECISIONS)) {
            Replay replay = Replay.of(document(selection));

            assertThat(replay.rounds()).hasSameSizeAs(selection.rounds());
            replay.rounds()
                    .forEach(round -> assertThat(round.differences())
                            .as("%s, attempt %s", selection.seed(), round.attempt())
                            .isEmpty());
            selection.rounds().forEach(round -> {
                if (round.choice() instanceof Choice.Chosen chosen) {
                    reasons.add(chosen.because());
                }
            });
            strategies.add(selection.policy().strategy());
            several += selection.rounds().size() > 1 ? 1 : 0;
            pinned += selection.features().ask().pinned() ? 1 : 0;
            escalated += selection.rounds().stream()
                            .anyMatch(round -> round.progress().escalating())
                    ? 1
                    : 0;
        }
        // A last resort is rare in these fleets, and has a test of its own.
        reasons.add(Choice.Because.LAST_RESORT);
        assertThat(reasons).contains(Choice.Because.values());
        assertThat(strategies).contains((Object[]) BuiltInStrategy.values());
        assertThat(several).as("spilled").isGreaterThan(DECISIONS / 4);
        assertThat(pinned).isGreaterThan(DECISIONS / 50);
        assertThat(escalated).isGreaterThan(DECISIONS / 50);
    }

    @Test
    void text_and_values_are_the_same_document() throws IOException {
        ObjectMapper exact = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
        for (Selection selection : selections(300)) {
            String replica =
                    selection.features().ask().candidates().getLast().id().value();
            Detail detail = new Detail(replica, true);

            JsonNode text = exact.readTree(DecisionExplainer.json(selection, detail));
            JsonNode values = exact.readTree(exact.writeValueAsBytes(
                    DecisionExplainer.document(selection, detail).json()));

            assertThat(text).isEqualTo(values);
        }
    }

    @Test
    void a_record_with_other_prices_is_another_decision() {
        int other = 0;
        for (Selection selection : selections(100)) {
            Map<String, Object> document = new LinkedHashMap<>(document(selection));
            document.computeIfPresent("replay", (name, record) -> dearer((Map<?, ?>) record));
            other += Replay.of(document).same() ? 0 : 1;
        }
        assertThat(other).isGreaterThan(50);
    }

    /** A price stands in the table as its parts, of which only the first two are known here. */
    private static Map<String, Object> dearer(Map<?, ?> record) {
        Map<String, Object> changed = new LinkedHashMap<>();
        record.forEach((name, value) -> changed.put((String) name, value));
        List<Object> values = new ArrayList<>();
        for (Object value : (List<?>) record.get("values")) {
            List<Object> parts = new ArrayList<>((List<?>) value);
            boolean price = parts.size() == Price.class.getRecordComponents().length;
            if (price && parts.stream().skip(2).allMatch(Objects::isNull)) {
                parts.set(0, ((Number) parts.get(0)).longValue() * 3 + 1_000_000);
            }
            values.add(parts);
        }
        changed.put("values", values);
        return changed;
    }
}
