package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.InvalidConfigException;
import dev.tierway.bootstrap.config.LiteLlmMove.Moved;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever LiteLLM's file holds, it is refused, or becomes a document that can be read. */
final class LiteLlmMoveProperties {
    private static final List<String> FILES = List.of("small-team", "azure-fleet", "self-hosted");

    @Property(tries = 400)
    void values_in_the_wrong_place_are_carried_over_or_told(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int times) {
        String name = FILES.get((int) Math.floorMod(seed, 3L));
        String yaml = Committed.read("src/test/resources/dev/tierway/litellm/" + name + ".yaml");
        Moved moved;
        try {
            moved = LiteLlmMove.of(Source.of(MutatedTrees.json(yaml, seed, times)));
        } catch (InvalidConfigException refused) {
            assertThat(refused.problems()).isNotEmpty();
            return;
        }

        assertThat(moved.remarks()).isNotEmpty();
        assertThat(moved.problems()).noneMatch(problem -> problem.message().contains("can't be parsed"));
    }
}
