package dev.tierway.application.service;

import static dev.tierway.domain.fixture.Models.model;
import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.error.UnknownModelException;
import dev.tierway.application.error.UnknownReplicaException;
import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.Route;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.catalogue.Timeouts;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.routing.Ask;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an address comes to. */
class AddressResolverTest {
    private static Fleet fleet() {
        return Fleet.fleet()
                .with(model("coder").serving(UseCase.CODE))
                .with(model("big").tier(ModelTier.FRONTIER))
                .with(model("small").tier(ModelTier.SMALL))
                .with(replica("a/talker"))
                .with(replica("b/talker"))
                .with(replica("a/coder"))
                .with(replica("a/big"))
                .with(replica("a/small"))
                .with(replica("c/hf").named("hf.co/org/model"));
    }

    private static Route route(String name, Target... targets) {
        return new Route(name, List.of(targets), null, Timeouts.Override.NONE, true);
    }

    private static Target named(String name) {
        return new Target.Named(name);
    }

    private static Ask ask(Fleet fleet, String address) {
        return new AddressResolver(fleet.catalogue())
                .resolve(Target.parse(address), null)
                .ask();
    }

    private static List<String> ids(Ask ask) {
        return ask.candidates().stream().map(one -> one.id().value()).toList();
    }

    @Test
    void a_tier_is_its_models_that_serve_the_use_case_and_the_rest_is_counted() {
        Ask ask = ask(fleet(), "tier:mid/chat");

        assertThat(ids(ask)).containsExactly("a/talker", "b/talker", "hf.co/org/model");
        assertThat(ask.level()).isEqualTo(Ask.Level.TIER);
        assertThat(ask.useCase()).isEqualTo(UseCase.CHAT);
        assertThat(ask.omitted()).containsEntry("use_case_not_served", 1);
    }

    @Test
    void a_model_is_its_replicas() {
        Ask ask = ask(fleet(), "talker");

        assertThat(ids(ask)).containsExactly("a/talker", "b/talker");
        assertThat(ask.level()).isEqualTo(Ask.Level.MODEL);
        assertThat(ask.useCase()).isNull();
    }

    @Test
    void a_replica_is_itself_and_its_name_is_never_split_at_a_slash() {
        Ask ask = ask(fleet(), "hf.co/org/model");

        assertThat(ids(ask)).containsExactly("hf.co/org/model");
        assertThat(ask.level()).isEqualTo(Ask.Level.REPLICA);
    }

    @Test
    void an_exact_route_goes_before_a_model_of_that_name() {
        Ask ask = ask(fleet().route(route("talker", Target.model("coder"))), "talker");

        assertThat(ids(ask)).containsExactly("a/coder");
        assertThat(ask.route()).isEqualTo("talker");
    }

    @Test
    void a_model_and_a_replica_go_before_a_pattern_route() {
        Fleet fleet = fleet().route(route("*", Target.model("coder")));

        assertThat(ids(ask(fleet, "talker"))).containsExactly("a/talker", "b/talker");
        assertThat(ids(ask(fleet, "a/talker"))).containsExactly("a/talker");
        assertThat(ids(ask(fleet, "anything else"))).containsExactly("a/coder");
    }

    @Test
    void of_patterns_the_longest_prefix_is_taken() {
        Fleet fleet = fleet().route(route("gpt-*", Target.model("talker"))).route(route("gpt-4*", Target.model("big")));

        assertThat(ids(ask(fleet, "gpt-4o"))).containsExactly("a/big");
        assertThat(ids(ask(fleet, "gpt-3.5"))).containsExactly("a/talker", "b/talker");
        assertThat(ids(ask(fleet, "gpt-4"))).as("mini is no gemini").isEqualTo(ids(ask(fleet, "gpt-4-mini")));
    }

    @Test
    void auto_is_the_default_route() {
        Ask ask = ask(fleet().route(route("default", Target.tier(ModelTier.SMALL, UseCase.CHAT))), "auto");

        assertThat(ids(ask)).containsExactly("a/small");
        assertThat(ask.address()).isEqualTo("auto");
        assertThat(ask.route()).isEqualTo("default");
    }

    @Test
    void auto_without_a_default_route_is_an_unknown_name() {
        assertThatThrownBy(() -> ask(fleet(), "auto")).isInstanceOf(UnknownModelException.class);
    }

    @Test
    void a_route_of_several_targets_keeps_their_order_and_each_replica_once() {
        Ask ask = ask(
                fleet().route(route(
                        "mixed",
                        Target.replica("b/talker"),
                        Target.model("talker"),
                        Target.tier(ModelTier.FRONTIER, UseCase.CHAT))),
                "mixed");

        assertThat(ids(ask)).containsExactly("b/talker", "a/talker", "a/big");
        assertThat(ask.level()).isEqualTo(Ask.Level.TIER);
        assertThat(ask.useCase()).isNull();
    }

    @Test
    void within_a_target_of_a_route_the_replicas_own_priority_counts() {
        Fleet fleet = Fleet.fleet()
                .with(replica("a/m").priority(2))
                .with(replica("b/m").priority(1))
                .with(replica("c/n").priority(0))
                .route(route("r", Target.model("m"), Target.model("n")));

        assertThat(ids(ask(fleet, "r"))).containsExactly("b/m", "a/m", "c/n");
    }

    @Test
    void a_one_target_route_is_an_alias() {
        Fleet fleet = fleet().route(route("pinned", Target.replica("a/talker")))
                .route(route("model", Target.model("talker")));

        assertThat(ask(fleet, "pinned").level()).isEqualTo(Ask.Level.REPLICA);
        assertThat(ask(fleet, "model").level()).isEqualTo(Ask.Level.MODEL);
    }

    @Test
    void routes_may_name_routes_but_not_in_a_circle() {
        Fleet fleet = fleet().route(route("one", named("two"))).route(route("two", Target.model("coder")));
        assertThat(ids(ask(fleet, "one"))).containsExactly("a/coder");
        assertThat(ask(fleet, "one").route()).isEqualTo("one");

        Fleet circle = fleet().route(route("x", named("y"))).route(route("y", named("x")));
        assertThatThrownBy(() -> ask(circle, "x"))
                .isInstanceOf(UnknownModelException.class)
                .hasMessageContaining("circle");
    }

    @Test
    void an_unknown_name_is_answered_with_the_nearest_known_and_what_to_ask_for() {
        assertThatThrownBy(() -> ask(fleet(), "talkr"))
                .isInstanceOfSatisfying(UnknownModelException.class, unknown -> {
                    assertThat(unknown.httpStatus()).isEqualTo(404);
                    assertThat(unknown.code()).isEqualTo("model_not_found");
                })
                .hasMessageContaining("nothing is called 'talkr'. Did you mean 'talker'?")
                .hasMessageContaining("GET /v1/models");
        assertThatThrownBy(() -> ask(fleet(), "zzzzzzzz"))
                .as("nothing is near")
                .hasMessageNotContaining("Did you mean");
        assertThatThrownBy(() -> ask(fleet(), "no id at all!")).isInstanceOf(UnknownModelException.class);
    }

    @Test
    void an_empty_tier_is_told_with_the_configured_ones() {
        assertThatThrownBy(() -> ask(fleet(), "tier:micro/chat"))
                .isInstanceOf(UnknownModelException.class)
                .hasMessage("no model of tier 'micro' is configured; configured tiers: small, mid, frontier");
    }

    @Test
    void a_tier_without_the_use_case_is_no_unknown_name_but_has_no_candidates() {
        Ask ask = ask(fleet(), "tier:mid/embed");

        assertThat(ask.candidates()).isEmpty();
        assertThat(ask.omitted()).containsEntry("use_case_not_served", 4);
    }

    @Test
    void what_is_named_by_kind_is_looked_up_as_that_kind_only() {
        Catalogue catalogue = fleet().catalogue();
        AddressResolver resolver = new AddressResolver(catalogue);

        assertThatThrownBy(() -> resolver.resolve(Target.model("a/talker"), null))
                .isInstanceOf(UnknownModelException.class)
                .hasMessageContaining("there is no model 'a/talker'");
        assertThatThrownBy(() -> resolver.resolve(Target.replica("talker"), null))
                .isInstanceOf(UnknownReplicaException.class)
                .hasMessageContaining("there is no replica 'talker'");
    }

    @Test
    void escalation_covers_the_tiers_above_up_to_the_permitted_one() {
        AddressResolver resolver = new AddressResolver(fleet().catalogue());

        Ask ask = resolver.resolve(Target.parse("tier:small/chat"), ModelTier.FRONTIER)
                .ask();
        assertThat(ask.escalation().stream().map(one -> one.id().value()))
                .containsExactly("a/talker", "b/talker", "hf.co/org/model", "a/big");
        assertThat(resolver.resolve(Target.parse("tier:small/chat"), ModelTier.MID)
                        .ask()
                        .escalation())
                .hasSize(3);
        assertThat(resolver.resolve(Target.parse("tier:frontier"), ModelTier.MID)
                        .ask()
                        .escalation())
                .isEmpty();
        assertThat(resolver.resolve(Target.parse("tier:small"), null).ask().escalation())
                .isEmpty();
    }

    @Test
    void escalation_from_anything_but_a_tier_is_refused_with_what_to_do() {
        AddressResolver resolver = new AddressResolver(fleet().catalogue());

        assertThatThrownBy(() -> resolver.resolve(Target.parse("talker"), ModelTier.FRONTIER))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        bad -> assertThat(bad.httpStatus()).isEqualTo(400))
                .hasMessageContaining("tier:mid/chat");
    }

    @Test
    void an_unlisted_model_is_one_candidate_that_is_not_pinned() {
        Ask ask = ask(fleet().passthrough("hf.co"), "hf.co/org/other");

        assertThat(ids(ask)).containsExactly("hf.co/org/other");
        assertThat(ask.candidates().getFirst().upstreamModel()).isEqualTo("org/other");
        assertThat(ask.level()).isEqualTo(Ask.Level.MODEL);
    }

    @Test
    void what_is_listed_goes_before_a_passthrough_and_that_before_a_pattern() {
        Fleet fleet = fleet().passthrough("hf.co")
                .passthrough("a")
                .route(route("hf.co/*", Target.model("coder")))
                .route(route("hf.co/exact", Target.model("big")));

        assertThat(ids(ask(fleet, "hf.co/exact"))).as("exact route").containsExactly("a/big");
        assertThat(ask(fleet, "hf.co/org/model").level()).as("listed replica").isEqualTo(Ask.Level.REPLICA);
        assertThat(ids(ask(fleet, "hf.co/else"))).as("passthrough").containsExactly("hf.co/else");
        assertThat(ids(ask(fleet, "a/talker"))).containsExactly("a/talker");
        assertThatThrownBy(() -> ask(fleet().passthrough("hf.co"), "hf.cooo/else"))
                .isInstanceOf(UnknownModelException.class);
    }

    @Test
    void a_route_may_lead_to_an_unlisted_model() {
        Ask ask = ask(fleet().passthrough("hf.co").route(route("llama", named("hf.co/meta/llama"))), "llama");

        assertThat(ids(ask)).containsExactly("hf.co/meta/llama");
        assertThat(ask.level()).isEqualTo(Ask.Level.MODEL);
        assertThat(ask.route()).isEqualTo("llama");
    }

    @Test
    void a_targets_weight_is_spread_over_its_replicas_as_theirs_are() {
        Route weighted = new Route(
                "split",
                List.of(Target.model("talker"), Target.model("big")),
                List.of(90, 10),
                dev.tierway.domain.catalogue.Strategy.WEIGHTED,
                Timeouts.Override.NONE,
                true);
        Fleet fleet = Fleet.fleet()
                .with(model("big").tier(ModelTier.FRONTIER))
                .with(replica("a/talker").weight(2))
                .with(replica("b/talker").weight(1))
                .with(replica("a/big").weight(7))
                .route(weighted);

        Ask ask = ask(fleet, "split");

        assertThat(ask.candidates()).extracting(ask::weight).containsExactly(60.0, 30.0, 10.0);
        assertThat(ask(fleet, "talker").candidates())
                .extracting(ask(fleet, "talker")::weight)
                .containsExactly(2.0, 1.0);
    }
}
