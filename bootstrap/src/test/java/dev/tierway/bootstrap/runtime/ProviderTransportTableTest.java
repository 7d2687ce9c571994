package dev.tierway.bootstrap.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.application.port.out.AttemptHandle;
import dev.tierway.application.port.out.AttemptRequest;
import dev.tierway.application.port.out.AttemptSink;
import dev.tierway.application.port.out.ProviderTransport;
import dev.tierway.application.port.out.ProviderTransports;
import dev.tierway.domain.catalogue.ProviderId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Transports of one configuration after the other. */
class ProviderTransportTableTest {
    private static final ProviderId P = new ProviderId("p");
    private static final ProviderId Q = new ProviderId("q");

    private final ProviderTransportTable table = new ProviderTransportTable(recipes("p", "1"), List.of());

    private static final class Fake implements ProviderTransport {
        private int closed;

        @Override
        public AttemptHandle open(AttemptRequest request, AttemptSink sink) {
            throw new AssertionError("nobody calls");
        }

        @Override
        public void close() {
            closed++;
        }
    }

    /** Provider, settings, provider, settings … */
    private static Map<ProviderId, Recipe<ProviderTransport>> recipes(String... pairs) {
        Map<ProviderId, Recipe<ProviderTransport>> recipes = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            recipes.put(new ProviderId(pairs[i]), new Recipe<>(pairs[i + 1], Fake::new));
        }
        return recipes;
    }

    private static int closed(ProviderTransport transport) {
        return ((Fake) transport).closed;
    }

    @Test
    void what_did_not_change_is_used_on_and_what_is_gone_is_closed() {
        table.prepare(recipes("p", "1", "q", "1")).commit();
        ProviderTransport p = table.of(P);
        ProviderTransport q = table.of(Q);

        table.prepare(recipes("p", "1", "q", "2")).commit();

        assertThat(table.of(P)).isSameAs(p);
        assertThat(table.of(Q)).isNotSameAs(q);
        assertThat(List.of(closed(p), closed(q))).containsExactly(0, 1);
        assertThat(table.retired()).isZero();
    }

    @Test
    void calls_keep_theirs_open_until_the_last_has_ended() {
        ProviderTransports.Held one = table.hold();
        ProviderTransports.Held other = table.hold();
        ProviderTransport p = table.of(P);

        table.prepare(recipes("q", "1")).commit();
        assertThat(one.of(P)).isSameAs(p);
        assertThatThrownBy(() -> table.of(P)).hasMessage("provider 'p' has no transport");
        one.letGo();
        assertThat(List.of(closed(p), table.retired())).containsExactly(0, 1);

        other.letGo();
        assertThat(List.of(closed(p), table.retired())).containsExactly(1, 0);
    }

    @Test
    void what_a_held_configuration_shares_with_the_one_in_force_stays_open() {
        ProviderTransports.Held held = table.hold();
        ProviderTransport p = table.of(P);
        table.prepare(recipes("p", "1", "q", "1")).commit();

        held.letGo();

        assertThat(closed(p)).isZero();
        table.close();
        assertThat(closed(p)).isEqualTo(1);
    }

    @Test
    void what_was_prepared_in_vain_is_closed_and_nothing_else() {
        ProviderTransport p = table.of(P);
        table.prepare(recipes("p", "1", "q", "1")).discard();

        assertThat(closed(p)).isZero();
        assertThat(table.of(P)).isSameAs(p);
    }

    @Test
    void one_that_cannot_be_made_leaves_all_as_it_was() {
        ProviderTransport p = table.of(P);
        Fake made = new Fake();
        Map<ProviderId, Recipe<ProviderTransport>> recipes = new LinkedHashMap<>();
        recipes.put(Q, new Recipe<>("1", () -> made));
        recipes.put(P, new Recipe<>("2", () -> {
            throw new IllegalArgumentException("needs a base-url");
        }));

        assertThatThrownBy(() -> table.prepare(recipes)).hasMessage("needs a base-url");

        assertThat(made.closed).isEqualTo(1);
        assertThat(table.of(P)).isSameAs(p);
        assertThat(closed(p)).isZero();
    }

    @Test
    void what_should_have_ended_long_ago_is_ended() {
        ProviderTransports.Held forgotten = table.hold();
        ProviderTransport p = table.of(P);
        table.prepare(recipes("q", "1")).commit();

        table.endOfRetired().run();

        assertThat(List.of(closed(p), table.retired())).containsExactly(1, 0);
        forgotten.letGo();
        assertThat(closed(p)).as("only once").isEqualTo(1);
    }

    @Test
    void an_embedders_own_is_closed_at_the_end_even_if_no_configuration_uses_it() {
        Fake own = new Fake();
        ProviderTransportTable lending = new ProviderTransportTable(recipes("p", "1"), List.of(own));

        lending.prepare(recipes("q", "1")).commit();
        assertThat(own.closed).isZero();
        lending.close();
        assertThat(own.closed).isEqualTo(1);
    }
}
