package dev.tierway.adapter.providers.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.providers.Attempts;
import dev.tierway.adapter.providers.ProviderSettings;
import dev.tierway.adapter.providers.ProviderTransportContract;
import dev.tierway.adapter.providers.RecordingSink;
import dev.tierway.application.port.out.ProviderTransport;
import dev.tierway.application.port.out.ReplyEvent;
import org.junit.jupiter.api.Test;

class SimulatedTransportTest extends ProviderTransportContract {
    @Override
    protected ProviderTransport create() {
        return new SimulatedTransportFactory(vertx, provider -> scripts)
                .create(ProviderSettings.of(Attempts.PROVIDER, SimulatedTransportFactory.SIMULATED, null, null));
    }

    @Test
    void the_answer_names_replica_and_model() {
        RecordingSink sink = run(Attempts.unary(Attempts.neutral("x")));
        sink.awaitEnd();
        assertThat(sink.whole().text()).contains("box/logical-model", Attempts.UPSTREAM_MODEL);
    }

    @Test
    void a_body_in_a_clients_own_bytes_is_answered_in_neutral_types() {
        RecordingSink sink = run(Attempts.unary(Attempts.wire(false)));
        sink.awaitEnd();
        assertThat(sink.events()).singleElement().isInstanceOf(ReplyEvent.Whole.class);
    }
}
