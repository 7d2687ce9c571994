package dev.tierway.bootstrap.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.ConfigProblem;
import dev.tierway.GatewayConfig;
import dev.tierway.InvalidConfigException;
import dev.tierway.application.service.Changeover;
import dev.tierway.domain.fleet.ReplicaRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** All parts or none. */
class ConfigSwapTest {
    private static final String CONFIG = """
        providers: [ { id: p, kind: simulated } ]
        models: [ { id: %s, tier: mid, use-cases: [chat], replicas: [ { provider: p } ] } ]
        """;
    private static final GatewayConfig NOW = GatewayConfig.parse(CONFIG.formatted("m"), Map.of());
    private static final GatewayConfig NEXT = GatewayConfig.parse(CONFIG.formatted("n"), Map.of());

    private final ReplicaRegistry registry = new ReplicaRegistry(NOW.catalogue());
    private final List<String> done = new ArrayList<>();

    private Reloadable part(String name) {
        return (now, next) -> new Reloadable.Change() {
            @Override
            public void commit() {
                done.add(name + " in force with generation " + registry.generation());
            }

            @Override
            public void afterwards() {
                done.add(name + " afterwards");
            }

            @Override
            public void discard() {
                done.add(name + " discarded");
            }
        };
    }

    private static Reloadable refusing(String... reasons) {
        return (now, next) -> {
            throw new InvalidConfigException(List.of(reasons).stream()
                    .map(reason -> new ConfigProblem(ConfigProblem.Severity.ERROR, "f", 0, 0, "", reason, null))
                    .toList());
        };
    }

    private ConfigSwap swap(Reloadable... parts) {
        return new ConfigSwap(registry, List.of(parts), new Changeover());
    }

    @Test
    void parts_change_after_all_are_prepared_and_before_anything_is_cleared_away() {
        Numbered numbered = swap(part("one"), part("other")).to(NOW, NEXT, () -> {
            done.add("numbered");
            return new Numbered(41, null);
        });

        assertThat(numbered.generation()).isEqualTo(41);
        assertThat(done)
                .containsExactly(
                        "numbered",
                        "one in force with generation 41",
                        "other in force with generation 41",
                        "one afterwards",
                        "other afterwards");
    }

    @Test
    void every_parts_reasons_are_told_and_what_was_prepared_is_discarded() {
        ConfigSwap swap = swap(part("one"), refusing("a", "b"), part("other"), (now, next) -> {
            throw new IllegalArgumentException("c");
        });

        assertThatThrownBy(() -> swap.to(NOW, NEXT, () -> {
                    throw new AssertionError("nothing is numbered");
                }))
                .isInstanceOfSatisfying(
                        InvalidConfigException.class,
                        refused -> assertThat(refused.problems())
                                .extracting(ConfigProblem::message)
                                .containsExactly("a", "b", "c"));

        assertThat(done).containsExactly("one discarded", "other discarded");
        assertThat(registry.generation()).isEqualTo(1);
        assertThat(registry.catalogue().models())
                .singleElement()
                .satisfies(model -> assertThat(model.id().value()).isEqualTo("m"));
    }

    @Test
    void a_part_that_breaks_changes_nothing_either() {
        ConfigSwap swap = swap(part("one"), (now, next) -> {
            throw new IllegalStateException("broken");
        });

        assertThatThrownBy(() -> swap.to(NOW, NEXT, () -> new Numbered(2, null)))
                .hasMessage("broken");

        assertThat(done).containsExactly("one discarded");
        assertThat(registry.generation()).isEqualTo(1);
    }
}
