package dev.tierway.bootstrap.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.catalogue.ProviderId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanTableTest {
    private static final ProviderId P = new ProviderId("p");

    private final List<String> closed = new ArrayList<>();
    private final List<String> made = new ArrayList<>();
    private final PlanTable<String> table = new PlanTable<>(plans("p", "1"), closed::add);

    private Map<ProviderId, Recipe<Optional<String>>> plans(String... pairs) {
        Map<ProviderId, Recipe<Optional<String>>> recipes = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            String plan = pairs[i] + pairs[i + 1];
            recipes.put(new ProviderId(pairs[i]), new Recipe<>(pairs[i + 1], () -> {
                made.add(plan);
                return Optional.of(plan);
            }));
        }
        return recipes;
    }

    @Test
    void what_did_not_change_is_used_on() {
        table.prepare(plans("p", "1", "q", "1")).commit();

        assertThat(made).containsExactly("p1", "q1");
        assertThat(table.of(P)).contains("p1");
    }

    @Test
    void what_is_out_of_force_is_closed_when_what_it_had_begun_has_ended() {
        table.prepare(plans("p", "2")).commit();
        assertThat(table.of(P)).contains("p2");
        assertThat(closed).isEmpty();

        table.endOfUnused().run();
        table.close();

        assertThat(closed).containsExactly("p1", "p2");
    }

    @Test
    void what_was_prepared_in_vain_is_closed_and_nothing_else() {
        table.prepare(plans("p", "1", "q", "1")).discard();

        assertThat(closed).containsExactly("q1");
        assertThat(table.of(P)).contains("p1");
    }

    @Test
    void what_has_no_plan_is_not_in_it() {
        table.prepare(Map.of(P, new Recipe<>("none", Optional::empty))).commit();

        assertThat(table.of(P)).isEmpty();
    }
}
