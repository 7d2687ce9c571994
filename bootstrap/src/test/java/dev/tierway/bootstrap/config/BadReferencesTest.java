package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Names that clash, lead nowhere or round in circles. Line 1 and 2 are {@link Configs#SMALLEST}. */
final class BadReferencesTest {
    @Test
    void a_route_loop_names_the_way_round() {
        assertThat(Configs.problemsOf("""
            routes:
              a: b
              b: { to: c }
              c: { targets: [m, a] }
            """))
                .containsExactly("6:21: routes.c.targets[1]: route loop: a → b → c → a;"
                        + " point one of them at a tier, model or replica");
    }

    @Test
    void a_route_to_itself_is_a_loop() {
        assertThat(Configs.problemsOf("routes: { a: a }"))
                .containsExactly("3:14: routes.a: route loop: a → a; point one of them at a tier, model or replica");
    }

    @Test
    void a_route_of_a_models_name_is_refused() {
        assertThat(Configs.problemsOf("routes: { m: tier:mid/chat }"))
                .containsExactly("3:11: routes.m: 'm' is both a model and a route; rename one; the model is on line 2");
    }

    @Test
    void a_route_of_a_replicas_name_is_refused() {
        assertThat(Configs.problemsOf("routes: { p/m: tier:mid/chat }"))
                .containsExactly("3:11: routes[\"p/m\"]: 'p/m' is both a replica and a route;"
                        + " rename one; the replica is on line 2");
    }

    @Test
    void a_replica_of_a_models_name_is_refused() {
        assertThat(Configs.problemsIn("""
            providers: [{ id: p, kind: simulated }]
            models:
              - { id: m, tier: mid, use-cases: [chat], replicas: [{ provider: p }] }
              - { id: n, tier: mid, use-cases: [chat], replicas: [{ provider: p, id: m }] }
            """))
                .containsExactly("4:74: models[1].replicas[0].id: 'm' is both a model and a replica;"
                        + " rename one; the model is on line 3");
    }

    @Test
    void names_that_mean_something_already_are_refused() {
        assertThat(Configs.problemsIn("""
            providers: [{ id: p, kind: simulated }]
            models:
              - { id: "tier:mid", tier: mid, use-cases: [chat], replicas: [{ provider: p }] }
            routes: { auto: tier:mid/chat }
            """))
                .containsExactly(
                        "3:11: models[0].id: 'tier:mid' is a tier's address; choose another id",
                        "4:11: routes.auto: 'auto' always means the route 'default'; choose another name");
    }

    @Test
    void duplicate_ids_are_refused_at_the_second() {
        assertThat(Configs.problemsIn("""
            providers:
              - { id: p, kind: simulated }
              - { id: p, kind: simulated }
            quota-domains:
              - { id: q, concurrency: 1 }
              - { id: q, concurrency: 2 }
            models:
              - { id: m, tier: mid, use-cases: [chat], replicas: [{ provider: p, quota-domain: q }] }
              - { id: m, tier: mid, use-cases: [chat], replicas: [{ provider: p, id: other }] }
            """))
                .containsExactly(
                        "3:11: providers[1].id: two providers have the id 'p'; rename one; the other is on line 2",
                        "6:11: quota-domains[1].id: two quota domains have the id 'q';"
                                + " rename one; the other is on line 5",
                        "9:11: models[1].id: two models have the id 'm'; rename one; the other is on line 8");
    }

    @Test
    void a_provider_that_serves_a_model_twice_needs_ids() {
        assertThat(Configs.problemsIn("""
            providers: [{ id: p, kind: simulated }]
            models:
              - id: m
                tier: mid
                use-cases: [chat]
                replicas:
                  - provider: p
                  - provider: p
            """))
                .containsExactly("8:19: models[0].replicas[1].provider: two replicas have the id 'p/m';"
                        + " give one of them an id of its own; the other is on line 7");
    }

    @Test
    void a_replica_of_an_unknown_provider_gets_a_suggestion() {
        assertThat(Configs.problemsIn("""
            providers: [{ id: anthropic-main, kind: simulated }]
            models: [{ id: m, tier: mid, use-cases: [chat], replicas: [{ provider: antropic-main }] }]
            """))
                .containsExactly(
                        "1:19: warning: providers[0].id: no replica uses this provider",
                        "2:72: models[0].replicas[0].provider: unknown provider 'antropic-main';"
                                + " did you mean 'anthropic-main'?");
    }

    @Test
    void an_unknown_quota_domain_is_refused() {
        assertThat(Configs.problemsIn("""
            providers: [{ id: p, kind: simulated, quota-domain: orgs }]
            quota-domains: [{ id: org, concurrency: 1 }]
            models: [{ id: m, tier: mid, use-cases: [chat], replicas: [{ provider: p }] }]
            """))
                .containsExactly(
                        "1:53: providers[0].quota-domain: unknown quota domain 'orgs'; did you mean 'org'?",
                        "2:23: warning: quota-domains[0].id: no provider or replica joins this quota domain");
    }

    @Test
    void a_route_to_an_unknown_model_gets_a_suggestion() {
        assertThat(Configs.problemsOf("routes: { fast: { targets: [m, p/n] } }"))
                .containsExactly("3:32: routes.fast.targets[1]: unknown target 'p/n'; did you mean 'p/m'?");
    }

    @Test
    void a_route_to_an_unknown_tier_is_refused_and_to_an_empty_one_doubted() {
        assertThat(Configs.problemsOf("routes: { a: tier:huge, b: tier:micro/chat }"))
                .containsExactly(
                        "3:14: routes.a: unknown tier 'huge'; tiers are micro, small, mid, frontier",
                        "3:28: warning: routes.b: no model of tier micro serves use case chat;"
                                + " calls to it are refused until there is one");
    }

    @Test
    void a_star_is_allowed_at_the_end_only() {
        assertThat(Configs.problemsOf("routes: { \"claude-*-latest\": m }"))
                .containsExactly("3:11: routes[\"claude-*-latest\"]: 'claude-*-latest' has its * in the middle;"
                        + " only a prefix followed by * is a pattern; did you mean 'claude-*'?");
    }

    @Test
    void settings_of_a_route_would_be_lost_inside_a_list() {
        assertThat(Configs.problemsOf("routes: { a: { to: m, strategy: cost }, b: { targets: [a, p/m] } }"))
                .containsExactly(
                        "3:56: routes.b.targets[0]: route 'a' has settings of its own, which can't hold inside a"
                                + " list; list its targets instead");
    }
}
