package dev.tierway.domain.catalogue;

import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.domain.fixture.Fleet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Models nobody listed. */
class PassthroughTest {
    private static final Catalogue CATALOGUE =
            Fleet.of("box/listed").passthrough("hub").passthrough("hf.co").catalogue();

    @Test
    void the_provider_is_what_stands_before_the_first_slash_and_the_rest_is_the_name() {
        Replica replica = CATALOGUE.unlisted("hf.co/org/model:7b");

        assertThat(replica.provider()).isEqualTo(new ProviderId("hf.co"));
        assertThat(replica.upstreamModel()).isEqualTo("org/model:7b");
        assertThat(replica.id()).isEqualTo(new ReplicaId("hf.co/org/model:7b"));
        assertThat(CATALOGUE.modelOf(replica).id()).isEqualTo(new ModelId("hf.co/org/model:7b"));
    }

    @Test
    void other_providers_serve_what_is_listed_only() {
        assertThat(CATALOGUE.unlisted("box/other")).isNull();
        assertThat(CATALOGUE.unlisted("nobody/other")).isNull();
        assertThat(CATALOGUE.unlisted("hub")).isNull();
        assertThat(CATALOGUE.unlisted("hub/")).isNull();
        assertThat(CATALOGUE.unlisted("/hub")).isNull();
        assertThat(CATALOGUE.unlisted("hub/with space")).isNull();
    }

    @Test
    void an_unlisted_model_is_found_by_no_tier_and_can_whatever_is_needed() {
        assertThat(CATALOGUE.replicasOf(ModelTier.FRONTIER)).isEmpty();
        assertThat(CATALOGUE.models()).hasSize(1);
        LogicalModel model = CATALOGUE.modelOf(CATALOGUE.unlisted("hub/any"));
        assertThat(model.capabilities()).containsExactly(Capability.values());
        assertThat(model.contextWindow()).isNull();
        assertThat(model.tier()).as("a key for cheap models mustn't reach it").isEqualTo(ModelTier.FRONTIER);
    }

    @Test
    void its_shared_ids_are_its_own() {
        Passthrough passthrough = CATALOGUE.passthroughs().iterator().next();
        Replica shared = passthrough.replica();

        assertThatThrownBy(() -> new Catalogue(
                        CATALOGUE.providers(),
                        List.of(LogicalModelOf.id(shared.model())),
                        List.of(shared),
                        List.of(),
                        List.of(),
                        List.of(passthrough)))
                .hasMessageContaining("hub/+unlisted");
        assertThatThrownBy(() ->
                        new Catalogue(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(passthrough)))
                .hasMessageContaining("needs that provider");
    }

    /** A listed model of that id. */
    private static final class LogicalModelOf {
        static LogicalModel id(ModelId id) {
            return new LogicalModel(
                    id, ModelTier.MID, List.of(UseCase.CHAT), java.util.Set.of(), null, null, java.util.Map.of());
        }
    }

    @Test
    void a_listed_replica_keeps_its_own_model() {
        Catalogue catalogue =
                Fleet.fleet().passthrough("hub").with(replica("hub/m")).catalogue();

        assertThat(catalogue.modelOf(catalogue.replica(new ReplicaId("hub/m"))).tier())
                .isEqualTo(ModelTier.MID);
    }
}
