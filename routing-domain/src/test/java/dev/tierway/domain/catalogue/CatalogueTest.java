package dev.tierway.domain.catalogue;

import static dev.tierway.domain.fixture.Models.model;
import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.Models;
import dev.tierway.domain.fixture.Replicas;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private static Route route(String name) {
        return new Route(name, List.of(Target.model("m")), null, Timeouts.Override.NONE, true);
    }

    private static Replica of(Replicas replica) {
        return replica.build();
    }

    @Test
    void two_things_of_one_id_are_refused_by_name() {
        assertThatThrownBy(() -> Fleet.of("p/m", "p/m").catalogue())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two replicas have the id 'p/m'");
        assertThatThrownBy(() ->
                        Fleet.of("p/m").route(route("r")).route(route("r")).catalogue())
                .hasMessage("two routes have the id 'r'");
    }

    @Test
    void a_replica_of_an_unknown_model_provider_or_quota_domain_is_refused_by_name() {
        LogicalModel model = Models.model("m").build();
        Provider provider = new Provider(new ProviderId("p"), "openai", false, false, "p");

        assertThatThrownBy(() ->
                        new Catalogue(List.of(provider), List.of(), List.of(of(replica("p/m"))), List.of(), List.of()))
                .hasMessage("replica 'p/m' names an unknown model 'm'");
        assertThatThrownBy(() ->
                        new Catalogue(List.of(), List.of(model), List.of(of(replica("p/m"))), List.of(), List.of()))
                .hasMessage("replica 'p/m' names an unknown provider 'p'");
        assertThatThrownBy(() -> new Catalogue(
                        List.of(provider),
                        List.of(model),
                        List.of(of(replica("p/m").domain("d"))),
                        List.of(),
                        List.of()))
                .hasMessage("replica 'p/m' names an unknown quota domain 'd'");
    }

    @Test
    void candidates_are_found_by_model_tier_and_use_case_in_declared_order() {
        Catalogue catalogue = Fleet.fleet()
                .with(model("coder").serving(UseCase.CODE, UseCase.CHAT))
                .with(model("big").tier(ModelTier.FRONTIER))
                .with(replica("b/coder"))
                .with(replica("a/talker"))
                .with(replica("a/coder"))
                .with(replica("a/big"))
                .catalogue();

        assertThat(ids(catalogue.replicasOf(new ModelId("coder")))).containsExactly("b/coder", "a/coder");
        assertThat(ids(catalogue.replicasOf(ModelTier.MID))).containsExactly("b/coder", "a/talker", "a/coder");
        assertThat(ids(catalogue.replicasServing(ModelTier.MID, UseCase.CODE))).containsExactly("b/coder", "a/coder");
        assertThat(catalogue.replicasOf(ModelTier.MICRO)).isEmpty();
        assertThat(catalogue.replicasServing(ModelTier.FRONTIER, UseCase.EMBED)).isEmpty();
    }

    private static List<String> ids(List<Replica> replicas) {
        return replicas.stream().map(one -> one.id().value()).toList();
    }

    @Test
    void of_several_patterns_the_longest_prefix_wins() {
        Catalogue catalogue = Fleet.of("p/m")
                .route(route("claude-*"))
                .route(route("claude-sonnet-*"))
                .route(route("*"))
                .route(route("exact"))
                .catalogue();

        assertThat(catalogue.patternFor("claude-sonnet-4")).isEqualTo(route("claude-sonnet-*"));
        assertThat(catalogue.patternFor("claude-opus")).isEqualTo(route("claude-*"));
        assertThat(catalogue.patternFor("anything")).isEqualTo(route("*"));
        assertThat(catalogue.route("exact")).isNotNull();
        assertThat(Fleet.of("p/m").catalogue().patternFor("x")).isNull();
    }

    @Test
    void a_replica_of_another_catalogue_is_not_answered_for() {
        Catalogue catalogue = Fleet.of("p/m").catalogue();
        Replica stranger = of(replica("q/n"));

        assertThatThrownBy(() -> catalogue.modelOf(stranger)).hasMessageContaining("q/n");
        assertThatThrownBy(() -> catalogue.providerOf(stranger)).hasMessageContaining("q/n");
    }

    @Test
    void nonsense_is_refused_with_what_to_do() {
        assertThatThrownBy(() -> replica("p/m").weight(-1).build())
                .hasMessage("replica 'p/m': weight must be 0 or more, not -1");
        assertThatThrownBy(() -> replica("p/m").limit(0).build())
                .hasMessage("replica 'p/m': concurrency must be 1 or more, not 0");
        assertThatThrownBy(() -> model("m").serving().build()).hasMessage("model 'm' serves no use case");
        assertThatThrownBy(() -> new Route("r", List.of(), null, Timeouts.Override.NONE, true))
                .hasMessage("route 'r' has no target");
    }
}
