package dev.tierway.application.rules;

import static dev.tierway.domain.fixture.Models.model;
import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.access.Caller;
import dev.tierway.application.access.Grant;
import dev.tierway.application.fixture.TestApplication;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.in.RequestDetails;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.Route;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.catalogue.Timeouts;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.fixture.Fleet;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What must hold of a call: a test per kind of condition. The calls' wall clock says Tuesday, 14 November 2023, 22:13 UTC. */
class ConditionTest {
    private static final Fleet FLEET = Fleet.fleet()
            .with(model("coder").serving(UseCase.CODE))
            .with(model("big").tier(ModelTier.FRONTIER))
            .with(replica("a/talker"))
            .with(replica("a/coder"))
            .with(replica("a/big"))
            .route(new Route("default", List.of(Target.model("talker")), null, Timeouts.Override.NONE, true));

    private CallOptions options = CallOptions.NONE;
    private RequestDetails details = RequestDetails.NONE;
    private String key;

    private boolean holds(Condition condition, String address, boolean stream, Set<Capability> needs) {
        Rule rule = new Rule("r", List.of(condition), Narrowing.NONE, new Direction.Stay());
        TestApplication app = TestApplication.with(FLEET, rule);
        CallCommand plain = app.command(Target.parse(address), stream, options);
        var facts = plain.facts();
        var needing = new dev.tierway.application.port.in.RequestFacts(
                stream, facts.textBytes(), 0, null, 1, needs, null, facts.prefixes());
        CallCommand command = new CallCommand(
                plain.target(), plain.payload(), needing, options, "req", new Caller(key, Grant.ALL), details);
        return app.service.explain(command).features().ask().ruling() != null;
    }

    private boolean holds(Condition condition, String address) {
        return holds(condition, address, false, Set.of());
    }

    private boolean holds(Condition condition) {
        return holds(condition, "tier:mid/chat");
    }

    private static List<NamePattern> names(String... texts) {
        return List.of(texts).stream().map(NamePattern::new).toList();
    }

    private static RequestDetails saying(String text) {
        return new RequestDetails() {
            @Override
            public String header(String name) {
                return name.equals("x-region") ? "eu-west" : null;
            }

            @Override
            public String text(int mostBytes) {
                return text;
            }
        };
    }

    @Test
    void a_header_has_one_of_the_values() {
        details = saying("");

        assertThat(holds(new Condition.Header("x-region", names("us", "eu-west"))))
                .isTrue();
        assertThat(holds(new Condition.Header("x-region", names("eu*")))).isTrue();
        assertThat(holds(new Condition.Header("x-region", names("eu")))).isFalse();
        assertThat(holds(new Condition.Header("x-other", names("*")))).isFalse();
    }

    @Test
    void an_address_is_what_was_sent_or_the_route_that_came_of_it() {
        assertThat(holds(new Condition.Address(names("tier:mid/chat")), "tier:mid"))
                .isTrue();
        assertThat(holds(new Condition.Address(names("tier:mid/*")), "tier:mid/code"))
                .isTrue();
        assertThat(holds(new Condition.Address(names("auto")), "auto")).isTrue();
        assertThat(holds(new Condition.Address(names("default")), "auto")).isTrue();
        assertThat(holds(new Condition.Address(names("talker")), "auto")).isFalse();
    }

    @Test
    void a_tier_is_that_of_all_candidates() {
        assertThat(holds(new Condition.Tier(List.of(ModelTier.MID)), "talker")).isTrue();
        assertThat(holds(new Condition.Tier(List.of(ModelTier.SMALL, ModelTier.FRONTIER)), "big"))
                .isTrue();
        assertThat(holds(new Condition.Tier(List.of(ModelTier.FRONTIER)), "talker"))
                .isFalse();
    }

    @Test
    void a_use_case_is_asked_for_by_tier_only() {
        assertThat(holds(new Condition.ForUseCase(List.of(UseCase.CODE)), "tier:mid/code"))
                .isTrue();
        assertThat(holds(new Condition.ForUseCase(List.of(UseCase.CODE)), "tier:mid/chat"))
                .isFalse();
        assertThat(holds(new Condition.ForUseCase(List.of(UseCase.CODE)), "coder"))
                .isFalse();
    }

    @Test
    void names_the_call_carries() {
        options = CallOptions.builder()
                .endUser("u1")
                .session("s1")
                .agent("planner-2")
                .workflow("nightly")
                .build();
        key = "team";

        assertThat(holds(new Condition.Named(Condition.Carries.USER, names("u1"))))
                .isTrue();
        assertThat(holds(new Condition.Named(Condition.Carries.SESSION, names("s1"))))
                .isTrue();
        assertThat(holds(new Condition.Named(Condition.Carries.AGENT, names("planner-*"))))
                .isTrue();
        assertThat(holds(new Condition.Named(Condition.Carries.WORKFLOW, names("nightly"))))
                .isTrue();
        assertThat(holds(new Condition.Named(Condition.Carries.KEY, names("team"))))
                .isTrue();
        assertThat(holds(new Condition.Named(Condition.Carries.USER, names("u2"))))
                .isFalse();
    }

    @Test
    void a_call_without_a_name_has_none_of_the_names() {
        for (Condition.Carries what : Condition.Carries.values()) {
            assertThat(holds(new Condition.Named(what, names("*"))))
                    .as(what.name())
                    .isFalse();
        }
    }

    @Test
    void all_tags_have_their_values() {
        options = CallOptions.builder()
                .tags(Map.of("team", "search", "env", "prod"))
                .build();

        assertThat(holds(new Condition.Tags(Map.of("team", new NamePattern("search"), "env", new NamePattern("p*")))))
                .isTrue();
        assertThat(holds(new Condition.Tags(Map.of("team", new NamePattern("search"), "env", new NamePattern("dev")))))
                .isFalse();
        assertThat(holds(new Condition.Tags(Map.of("cost-centre", new NamePattern("*")))))
                .isFalse();
    }

    @Test
    void a_stream_or_not() {
        assertThat(holds(new Condition.Stream(true), "talker", true, Set.of())).isTrue();
        assertThat(holds(new Condition.Stream(true), "talker", false, Set.of())).isFalse();
        assertThat(holds(new Condition.Stream(false), "talker", false, Set.of()))
                .isTrue();
    }

    @Test
    void all_needs() {
        Condition both = new Condition.Needs(List.of(Capability.TOOLS, Capability.VISION));

        assertThat(holds(both, "talker", false, Set.of(Capability.TOOLS, Capability.VISION, Capability.JSON)))
                .isTrue();
        assertThat(holds(both, "talker", false, Set.of(Capability.TOOLS))).isFalse();
    }

    @Test
    void input_tokens_from_one_bound_to_the_other() {
        assertThat(holds(new Condition.InputTokens(1000L, 1000L))).isTrue();
        assertThat(holds(new Condition.InputTokens(1001L, null))).isFalse();
        assertThat(holds(new Condition.InputTokens(null, 999L))).isFalse();
        assertThat(holds(new Condition.InputTokens(null, 5000L))).isTrue();
    }

    private static Condition hours(String from, String to, String zone, DayOfWeek... days) {
        return new Condition.Hours(LocalTime.parse(from), LocalTime.parse(to), List.of(days), ZoneId.of(zone));
    }

    @Test
    void a_part_of_the_day_on_its_zones_clock() {
        assertThat(holds(hours("22:00", "22:14", "UTC"))).isTrue();
        assertThat(holds(hours("22:14", "23:00", "UTC"))).isFalse();
        assertThat(holds(hours("17:00", "18:00", "America/New_York"))).isTrue();
    }

    @Test
    void a_night_belongs_to_the_day_on_which_it_begins() {
        assertThat(holds(hours("20:00", "06:00", "UTC", DayOfWeek.TUESDAY))).isTrue();
        assertThat(holds(hours("20:00", "06:00", "UTC", DayOfWeek.WEDNESDAY))).isFalse();
        assertThat(holds(hours("20:00", "06:00", "Asia/Tokyo")))
                .as("07:13 there")
                .isFalse();
        assertThat(holds(hours("20:00", "08:00", "Asia/Tokyo", DayOfWeek.TUESDAY)))
                .as("Wednesday morning there, of Tuesday's night")
                .isTrue();
    }

    private static TextPattern pattern(String word) {
        return new TextPattern() {
            @Override
            public String source() {
                return word;
            }

            @Override
            public boolean occursIn(String text) {
                return text.contains(word);
            }
        };
    }

    @Test
    void content_has_one_of_these_all_of_those_and_one_of_the_patterns() {
        details = saying("please run SELECT 1 now");

        assertThat(holds(new Condition.Content(List.of("CREATE", "SELECT "), List.of(), List.of())))
                .isTrue();
        assertThat(holds(new Condition.Content(List.of("select "), List.of(), List.of())))
                .isFalse();
        assertThat(holds(new Condition.Content(List.of(), List.of("please", "now"), List.of())))
                .isTrue();
        assertThat(holds(new Condition.Content(List.of(), List.of("please", "later"), List.of())))
                .isFalse();
        assertThat(holds(new Condition.Content(List.of(), List.of(), List.of(pattern("x"), pattern("run")))))
                .isTrue();
        assertThat(holds(new Condition.Content(List.of("SELECT"), List.of(), List.of(pattern("x")))))
                .isFalse();
    }
}
