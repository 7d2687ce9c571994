package dev.tierway.adapter.persistence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.fleet.FleetHint;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisFleetHintsIT {
    private static final FleetHint OPENED = new FleetHint.Distrusted(new ReplicaId("p/m"));
    private static final FleetHint RESTS = new FleetHint.Resting(new ProviderId("p"), null, 12_000_000_000L);
    private static final FleetHint REPLICA_RESTS =
            new FleetHint.Resting(new ProviderId("p"), new ReplicaId("p/m"), 300_000_000_000L);

    private final RedisProcess server = RedisProcess.start();
    private final RedisLink link = link("hints");
    private final RedisFleetHints one = new RedisFleetHints(link);
    private final RedisFleetHints other = new RedisFleetHints(link);
    private final BlockingQueue<FleetHint> heardByOne = new LinkedBlockingQueue<>();
    private final BlockingQueue<FleetHint> heardByOther = new LinkedBlockingQueue<>();

    private RedisLink link(String prefix) {
        return RedisLink.open(new RedisOptions(server.url(), Duration.ofSeconds(10), prefix));
    }

    private void listen() {
        one.subscribe(heardByOne::add);
        other.subscribe(heardByOther::add);
        Answers.of(one.listening());
        Answers.of(other.listening());
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
        link.close();
        server.close();
    }

    @Test
    void others_hear_a_hint_and_oneself_doesn_t() throws InterruptedException {
        listen();
        one.publish(OPENED);
        one.publish(RESTS);
        one.publish(REPLICA_RESTS);
        other.publish(OPENED);

        assertThat(next(heardByOther)).isEqualTo(OPENED);
        assertThat(next(heardByOther)).isEqualTo(RESTS);
        assertThat(next(heardByOther)).isEqualTo(REPLICA_RESTS);
        assertThat(next(heardByOne)).isEqualTo(OPENED);
        assertThat(heardByOne).isEmpty();
    }

    @Test
    void garbage_is_ignored_and_counted() throws InterruptedException {
        listen();
        for (String garbage : new String[] {
            "",
            "{",
            "[]",
            "{\"i\":\"x\"}",
            "{\"i\":\"x\",\"k\":\"rest\",\"p\":\"p\",\"ms\":-5}",
            "{\"k\":\"open\",\"r\":\"p/m\"}",
            "x".repeat(5000)
        }) {
            server.ask(redis -> redis.publish("{tierway:hints}:hints", garbage));
        }
        one.publish(OPENED);

        assertThat(next(heardByOther)).isEqualTo(OPENED);
        assertThat(other.garbage()).isEqualTo(7);
    }

    @Test
    void a_rest_from_elsewhere_is_cut_to_five_minutes() throws InterruptedException {
        listen();
        server.ask(redis ->
                redis.publish("{tierway:hints}:hints", "{\"i\":\"x\",\"k\":\"rest\",\"p\":\"p\",\"ms\":99999999999}"));

        assertThat(next(heardByOne)).isEqualTo(new FleetHint.Resting(new ProviderId("p"), null, FleetHint.MOST_NANOS));
    }

    @Test
    void another_prefix_is_another_world() throws InterruptedException {
        listen();
        try (RedisLink elsewhere = link("elsewhere")) {
            RedisFleetHints stranger = new RedisFleetHints(elsewhere);
            BlockingQueue<FleetHint> heard = new LinkedBlockingQueue<>();
            stranger.subscribe(heard::add);
            Answers.of(stranger.listening());
            one.publish(OPENED);
            assertThat(next(heardByOther)).isEqualTo(OPENED);
            assertThat(heard).isEmpty();
            stranger.close();
        }
    }

    @Test
    void hints_go_on_after_the_server_was_gone() throws InterruptedException {
        server.kill();
        one.subscribe(heardByOne::add);
        other.subscribe(heardByOther::add);
        server.restart();
        Answers.of(one.listening());
        Answers.of(other.listening());
        one.publish(OPENED);

        assertThat(next(heardByOther)).isEqualTo(OPENED);
    }

    private static FleetHint next(BlockingQueue<FleetHint> heard) throws InterruptedException {
        return heard.poll(30, TimeUnit.SECONDS);
    }
}
