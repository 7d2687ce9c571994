package dev.tierway.adapter.persistence.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.application.port.out.AttemptMemo;
import dev.tierway.application.port.out.Reservation;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Period;
import dev.tierway.domain.quota.Side;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WireTest {
    private static final Amounts ESTIMATE = new Amounts(1, 2, 3, new NanoUsd(4), new NanoUsd(5));

    @Test
    void a_limit_beyond_exact_numbers_is_refused() {
        assertThatThrownBy(() -> told(Period.DAY.limit(1L << 53)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("9,007,199 USD");
        assertThatThrownBy(() -> told(Limit.per(Dimension.TOKENS, 5, Duration.ofDays(200))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("100 days");
        assertThat(told(Period.DAY.limit((1L << 53) - 1))).contains("9007199254740991");
    }

    @Test
    void the_calendar_windows_before_and_after_are_offered_too() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        long summerTimeEnds = Instant.parse("2026-10-25T10:00:00Z").toEpochMilli();
        List<String> args = new ArrayList<>();
        Wire.limit(args, new Descriptor("b", Side.CALLER, Period.DAY.limit(1)), ESTIMATE, summerTimeEnds, berlin);

        assertThat(args.subList(9, 15))
                .extracting(
                        millis -> Instant.ofEpochMilli(Long.parseLong(millis)).toString())
                .containsExactly(
                        "2026-10-23T22:00:00Z",
                        "2026-10-24T22:00:00Z",
                        "2026-10-24T22:00:00Z",
                        "2026-10-25T23:00:00Z",
                        "2026-10-25T23:00:00Z",
                        "2026-10-26T23:00:00Z");
    }

    @Test
    void a_memo_comes_back_as_it_was() {
        AttemptMemo full = memo("agent", "flow", "user", Map.of("team", "süß"), "v7");
        AttemptMemo sparse = memo(null, null, null, Map.of(), null);
        for (AttemptMemo memo : List.of(full, sparse)) {
            StoredMemo stored = StoredMemo.of(StoredMemo.text(new Reservation(List.of(), ESTIMATE, memo)));
            assertThat(stored).isEqualTo(new StoredMemo(memo, ESTIMATE));
        }
        assertThatThrownBy(() -> StoredMemo.of("{")).isInstanceOf(StoreException.class);
    }

    private static AttemptMemo memo(
            String agent, String workflow, String user, Map<String, String> tags, String price) {
        return new AttemptMemo(
                new AttemptId("call", 2),
                "req",
                new ReplicaId("p/m"),
                new ProviderId("p"),
                new ModelId("m"),
                1_700_000_000_000L,
                null,
                agent,
                workflow,
                user,
                tags,
                price);
    }

    private static List<String> told(Limit limit) {
        List<String> args = new ArrayList<>();
        Wire.limit(args, new Descriptor("b", Side.CALLER, limit), ESTIMATE, 0, ZoneOffset.UTC);
        return args;
    }
}
