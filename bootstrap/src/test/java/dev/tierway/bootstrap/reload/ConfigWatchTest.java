package dev.tierway.bootstrap.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.GatewayConfig;
import dev.tierway.adapter.persistence.memory.MemoryConfigHistory;
import dev.tierway.application.config.ConfigOrder;
import dev.tierway.application.config.ConfigOutcome;
import dev.tierway.application.service.Changeover;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.routing.Strategies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which changes of files are read, look by look. */
class ConfigWatchTest {
    private static final String CONFIG = """
        providers: [ { id: %s, kind: openai-compatible, base-url: "http://h", api-key: "${file:key}" } ]
        models: [ { id: m, tier: mid, use-cases: [chat], replicas: [ { provider: %1$s } ] } ]
        server: { reload: { watch: on } }
        """;

    @TempDir
    Path folder;

    private final BlockingQueue<ConfigOutcome> outcomes = new LinkedBlockingQueue<>();
    private Path file;
    private ConfigInForce inForce;
    private ConfigReloads reloads;
    private ConfigWatch watch;

    @BeforeEach
    void start() throws IOException {
        file = folder.resolve("tierway.yaml");
        Files.writeString(folder.resolve("key"), "one");
        write("a");
        GatewayConfig config = GatewayConfig.load(file, Map.of());
        inForce = new ConfigInForce(config, Strategies.BUILT_IN);
        ReplicaRegistry registry = new ReplicaRegistry(config.catalogue());
        Generations generations = new Generations(new MemoryConfigHistory(), () -> 7, "here");
        generations.number(config, ConfigOrder.of(ConfigOrder.Origin.START), null, 0);
        generations.remember(1, config);
        reloads = new ConfigReloads(
                inForce,
                new ConfigSwap(registry, List.of(inForce), new Changeover()),
                generations,
                List.of((order, outcome) -> outcomes.add(outcome)));
        reloads.follow(new ConfigFile(file, Map.of(), UnaryOperator.identity()));
        watch = new ConfigWatch(inForce, reloads);
    }

    @AfterEach
    void close() {
        watch.close();
        reloads.close();
    }

    private void write(String provider) throws IOException {
        Files.writeString(file, CONFIG.formatted(provider));
    }

    private void looks(int times) {
        for (int n = 0; n < times; n++) {
            watch.look();
        }
    }

    private ConfigOutcome outcome() throws InterruptedException {
        ConfigOutcome outcome = outcomes.poll(20, TimeUnit.SECONDS);
        assertThat(outcome).as("an order").isNotNull();
        return outcome;
    }

    /** Orders are followed one after the other: if one of ours is the next, the watch has given none. */
    private void assertNothingWasOrdered() throws Exception {
        reloads.apply(inForce.config(), ConfigOrder.of(ConfigOrder.Origin.JAVA))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        assertThat(outcomes).hasSize(1);
        assertThat(outcome()).isInstanceOf(ConfigOutcome.Unchanged.class);
    }

    @Test
    void a_change_that_two_looks_have_found_alike_is_read() throws Exception {
        write("b");
        looks(2);

        assertThat(outcome()).isInstanceOf(ConfigOutcome.Applied.class);
        assertThat(inForce.config().providers().getFirst().id().value()).isEqualTo("b");
        looks(3);
        assertNothingWasOrdered();
    }

    @Test
    void what_is_being_written_is_waited_for() throws Exception {
        for (int n = 0; n < 10; n++) {
            Files.writeString(file, "providers: [" + n);
            looks(1);
        }
        assertNothingWasOrdered();
    }

    @Test
    void a_file_that_is_only_touched_is_not_read() throws Exception {
        write("a");
        looks(3);
        assertNothingWasOrdered();
    }

    @Test
    void a_bad_file_is_read_once() throws Exception {
        Files.writeString(file, "providers: nonsense");
        looks(2);
        assertThat(outcome()).isInstanceOf(ConfigOutcome.Refused.class);

        looks(4);
        assertNothingWasOrdered();
    }

    @Test
    void a_file_that_is_gone_for_longer_is_told() throws Exception {
        Files.delete(file);
        looks(2);

        assertThat(outcome())
                .isInstanceOfSatisfying(
                        ConfigOutcome.Refused.class,
                        refused -> assertThat(refused.problems().getFirst()).contains("there is no such file"));
    }

    @Test
    void a_secret_in_a_file_of_its_own_counts_too() throws Exception {
        Files.writeString(folder.resolve("key"), "two");
        looks(2);

        assertThat(outcome()).isInstanceOf(ConfigOutcome.Applied.class);
        assertThat(inForce.config().providers().getFirst().apiKey().reveal()).isEqualTo("two");
    }

    @Test
    void a_link_that_is_swapped_as_container_mounts_do_is_a_change() throws Exception {
        Path one = Files.createDirectory(folder.resolve("one"));
        Path two = Files.createDirectory(folder.resolve("two"));
        for (Path mount : List.of(one, two)) {
            Files.writeString(mount.resolve("key"), "one");
        }
        Files.writeString(one.resolve("tierway.yaml"), CONFIG.formatted("a"));
        Files.writeString(two.resolve("tierway.yaml"), CONFIG.formatted("b"));
        Path data = Files.createSymbolicLink(folder.resolve("data"), one);
        reloads.follow(new ConfigFile(data.resolve("tierway.yaml"), Map.of(), UnaryOperator.identity()));
        looks(3);
        assertNothingWasOrdered();

        Path fresh = Files.createSymbolicLink(folder.resolve("fresh"), two);
        Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
        looks(2);
        assertThat(outcome()).isInstanceOf(ConfigOutcome.Applied.class);
    }

    @Test
    void neither_a_reload_nor_a_rollback_by_hand_is_read_once_more() throws Exception {
        write("b");
        watch.look();
        reloads.reload(ConfigOrder.of(ConfigOrder.Origin.ADMIN))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        assertThat(outcome()).isInstanceOf(ConfigOutcome.Applied.class);
        watch.look();
        reloads.rollback(1, ConfigOrder.of(ConfigOrder.Origin.ADMIN))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        assertThat(outcome()).isInstanceOf(ConfigOutcome.Applied.class);

        looks(4);
        assertNothingWasOrdered();
        assertThat(inForce.config().providers().getFirst().id().value()).isEqualTo("a");
    }

    @Test
    void a_file_that_needs_not_be_watched_is_not() throws Exception {
        Files.writeString(file, CONFIG.formatted("a").replace("watch: on", "watch: off"));
        looks(2);
        assertThat(outcome()).isInstanceOf(ConfigOutcome.Applied.class);

        write("b");
        looks(3);
        assertNothingWasOrdered();
    }
}
