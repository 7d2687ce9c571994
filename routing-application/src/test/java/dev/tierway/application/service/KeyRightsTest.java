package dev.tierway.application.service;

import static dev.tierway.domain.fixture.Models.model;
import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.application.access.Caller;
import dev.tierway.application.access.FixedValues;
import dev.tierway.application.access.Grant;
import dev.tierway.application.access.KeyScope;
import dev.tierway.application.error.ForbiddenException;
import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.error.UnknownModelException;
import dev.tierway.application.fixture.RecordingSink;
import dev.tierway.application.fixture.TestApplication;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.in.QueryModels;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.routing.Allowed;
import dev.tierway.domain.routing.Constraints;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What an API key lets its callers do, in every use case. */
class KeyRightsTest {
    private final TestApplication app = TestApplication.with(Fleet.fleet()
            .with(replica("a/m").tags("eu"))
            .with(replica("b/m"))
            .with(model("small-one").tier(ModelTier.SMALL))
            .with(replica("a/small-one")));

    private static Grant allowing(
            List<ModelTier> tiers, List<String> models, List<String> replicas, List<String> tags) {
        return new Grant(Grant.ALL.scopes(), new Allowed(tiers, models, replicas, tags), FixedValues.NONE, List.of());
    }

    private static Grant fixing(FixedValues fixed) {
        return new Grant(Grant.ALL.scopes(), Allowed.ALL, fixed, List.of());
    }

    private CallCommand command(String address, CallOptions options, Grant grant) {
        CallCommand plain = app.command(Target.parse(address), false, options);
        return new CallCommand(
                plain.target(), plain.payload(), plain.facts(), options, "req", new Caller("team", grant));
    }

    private Selection explain(String address, Grant grant) {
        return app.service.explain(command(address, CallOptions.NONE, grant));
    }

    @Test
    void a_key_reaches_only_replicas_it_may_use_and_the_decision_says_so() {
        Selection selection = explain("tier:mid", allowing(List.of(), List.of(), List.of(), List.of("eu")));

        assertThat(selection.rounds().getFirst().choice().verdicts())
                .filteredOn(one -> !one.rejections().isEmpty())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.replica().replica().id().value()).isEqualTo("b/m");
                    assertThat(one.rejections())
                            .extracting(Object::toString)
                            .anyMatch(text -> text.contains("KeyNotAllowed"));
                });
    }

    @Test
    void an_address_that_leads_to_nothing_the_key_may_use_is_forbidden() {
        assertThatThrownBy(
                        () -> explain("tier:mid", allowing(List.of(ModelTier.SMALL), List.of(), List.of(), List.of())))
                .isInstanceOf(ForbiddenException.class)
                .hasMessageContaining("'team' may not use 'tier:mid/chat'")
                .satisfies(e -> assertThat(((ForbiddenException) e).code()).isEqualTo("not_allowed"));
        assertThatThrownBy(() -> explain("m", allowing(List.of(), List.of("small-one"), List.of(), List.of())))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> explain("b/m", allowing(List.of(), List.of(), List.of("a/m"), List.of())))
                .isInstanceOf(ForbiddenException.class);
        assertThat(explain("a/m", allowing(List.of(), List.of(), List.of("a/m"), List.of()))
                        .features()
                        .ask()
                        .pinned())
                .isTrue();
    }

    @Test
    void a_name_that_is_nobodys_suggests_none_that_the_key_may_not_use() {
        Grant small = allowing(List.of(ModelTier.SMALL), List.of(), List.of(), List.of());

        assertThatThrownBy(() -> explain("small-onn", Grant.ALL)).hasMessageContaining("Did you mean 'small-one'?");
        assertThatThrownBy(() -> explain("a/mm", small))
                .isInstanceOf(UnknownModelException.class)
                .hasMessageNotContaining("a/m'")
                .hasMessageContaining("GET /v1/models");
    }

    @Test
    void a_call_needs_the_scope_call_and_its_selection_explain() {
        RecordingSink sink = new RecordingSink();
        CallOptions explaining = CallOptions.builder().explain(true).build();

        assertThatThrownBy(() -> app.service.call(command("m", CallOptions.NONE, Grant.of(KeyScope.READ)), sink))
                .isInstanceOf(ForbiddenException.class)
                .hasMessageContaining("lacks the scope 'call'");
        assertThatThrownBy(() -> app.service.call(command("m", explaining, Grant.of(KeyScope.CALL)), sink))
                .isInstanceOf(ForbiddenException.class)
                .hasMessageContaining("lacks the scope 'explain'");
        assertThatThrownBy(() -> app.service.call(command("m", CallOptions.NONE, Grant.of(KeyScope.ADMIN)), sink))
                .as("an operator's key asks no models by itself")
                .isInstanceOf(ForbiddenException.class);
        app.start(command("m", CallOptions.NONE, Grant.of(KeyScope.CALL)), sink);
        assertThat(app.transport.last()).isNotNull();
    }

    @Test
    void what_a_key_fixes_every_call_has_in_the_decision_and_in_the_accounts() {
        Grant fixed = fixing(
                new FixedValues(Constraints.Local.ALLOWED, "bot", "nightly", "service", Map.of("team", "search")));
        RecordingSink sink = new RecordingSink();
        app.start(command("m", CallOptions.builder().tags(Map.of("own", "1")).build(), fixed), sink);
        app.transport.last().sent().answers("hi");

        assertThat(app.recorded.rows.getFirst().origin()).satisfies(origin -> {
            assertThat(origin.key()).isEqualTo("team");
            assertThat(origin.agent()).isEqualTo("bot");
            assertThat(origin.workflow()).isEqualTo("nightly");
            assertThat(origin.user()).isEqualTo("service");
            assertThat(origin.tags()).isEqualTo(Map.of("own", "1", "team", "search"));
        });
    }

    @Test
    void who_says_otherwise_is_refused() {
        Grant fixed = fixing(new FixedValues(Constraints.Local.REQUIRED, "bot", null, null, Map.of("team", "search")));
        for (CallOptions otherwise : List.of(
                CallOptions.builder().agent("other").build(),
                CallOptions.builder().local(Constraints.Local.DISABLED).build(),
                CallOptions.builder().tags(Map.of("team", "ads")).build())) {
            assertThatThrownBy(() -> app.service.explain(command("m", otherwise, fixed)))
                    .isInstanceOf(InvalidRequestException.class)
                    .satisfies(e ->
                            assertThat(((InvalidRequestException) e).code()).isEqualTo("fixed_by_key"));
        }
        CallOptions same = CallOptions.builder()
                .agent("bot")
                .tags(Map.of("team", "search"))
                .build();
        assertThat(app.service
                        .explain(command("m", same, fixed))
                        .features()
                        .constraints()
                        .local())
                .isEqualTo(Constraints.Local.REQUIRED);
    }

    @Test
    void a_decision_carries_the_key_of_its_caller() {
        assertThat(explain("m", Grant.ALL).identity().key()).isEqualTo("team");
        assertThat(app.service.explain(app.command("m", false)).identity().key())
                .isNull();
    }

    @Test
    void a_key_sees_the_models_it_may_use() {
        QueryModels all = app.fleet();

        assertThat(ids(all.seenBy(Caller.ANYONE))).containsExactlyInAnyOrder("m", "small-one");
        assertThat(ids(all.seenBy(
                        new Caller("k", allowing(List.of(ModelTier.SMALL), List.of(), List.of(), List.of())))))
                .containsExactly("small-one");
        assertThat(ids(all.seenBy(new Caller("k", allowing(List.of(), List.of(), List.of(), List.of("eu"))))))
                .containsExactly("m");
        assertThat(all.seenBy(new Caller("k", allowing(List.of(), List.of("m"), List.of(), List.of())))
                        .findModel("small-one"))
                .isEmpty();
    }

    private static Set<String> ids(QueryModels models) {
        return models.models().stream()
                .map(LogicalModel::id)
                .map(Object::toString)
                .collect(Collectors.toSet());
    }
}
