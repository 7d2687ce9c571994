package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every kind of bad input: the message, its place and what it suggests. Line 1 and 2 are {@link Configs#SMALLEST}. */
final class BadConfigTest {
    private static final String KINDS =
            Stream.of(ProviderKind.values()).map(ProviderKind::id).collect(Collectors.joining(", "));

    private static final String MODELS =
            "models: [{ id: m, tier: mid, use-cases: [chat], replicas: [{ provider: p }] }]\n";

    @Test
    void an_unknown_provider_kind_gets_a_suggestion() {
        assertThat(Configs.problemsIn("""
            providers:
              - id: p
                kind: opnai
            """ + MODELS))
                .containsExactly("3:11: providers[0].kind: unknown provider kind 'opnai'; did you mean 'openai'?");
    }

    @Test
    void a_provider_kind_like_none_gets_the_list() {
        assertThat(Configs.problemsIn("providers: [{ id: p, kind: carrier-pigeon }]\n" + MODELS))
                .containsExactly(
                        "1:28: providers[0].kind: unknown provider kind 'carrier-pigeon';" + " use one of " + KINDS);
    }

    @Test
    void unknown_keys_get_a_suggestion_or_the_list() {
        assertThat(Configs.problemsOf("""
            routng: {}
            storage: { ledger: { colour: red } }
            """))
                .containsExactly(
                        "3:1: routng: unknown key 'routng'; did you mean 'routing'?",
                        "4:22: storage.ledger.colour: unknown key 'colour'; known keys: store, path, url, user,"
                                + " password, pool-size, retention");
    }

    @Test
    void camel_and_snake_case_are_recognised() {
        assertThat(Configs.problemsIn("""
            providers: [{ id: p, kind: openai-compatible, baseUrl: "http://localhost:1/v1" }]
            models: [{ id: m, tier: mid, use_cases: [chat], use-cases: [chat], replicas: [{ provider: p }] }]
            """))
                .contains(
                        "1:47: providers[0].baseUrl: unknown key 'baseUrl'; did you mean 'base-url'?",
                        "2:30: models[0].use_cases: unknown key 'use_cases'; did you mean 'use-cases'?");
    }

    @Test
    void a_metrics_port_is_its_own() {
        assertThat(Configs.problemsOf("server: { port: 9000, metrics: { port: 9000 } }\n"))
                .containsExactly("3:32: server.metrics: has a port that another listener has; give server.metrics.port"
                        + " another number");
        assertThat(Configs.problemsOf("server: { metrics: { port: 8081 } }\n")).hasSize(1);
        assertThat(Configs.problemsOf("server: { metrics: { bind: 127.0.0.1 } }\n"))
                .singleElement()
                .asString()
                .contains("'port' is missing");
    }

    @Test
    void whose_a_vendors_limits_are_is_one_of_three_words() {
        assertThat(Configs.problemsOf("quota-domains: [{ id: d, concurrency: 1, learn: on }]\n"))
                .contains("3:49: quota-domains[0].learn: must be one of models, headers, off");
    }

    @Test
    void missing_keys_are_named_where_they_should_stand() {
        assertThat(Configs.problemsIn("""
            providers: [{ id: p }]
            models:
              - tier: mid
                use-cases: [chat]
                replicas: [{}]
            """))
                .containsExactly(
                        "1:13: providers[0]: 'kind' is missing;" + " add kind: one of " + KINDS,
                        "1:19: warning: providers[0].id: no replica uses this provider",
                        "3:5: models[0]: 'id' is missing; add id: a model's id",
                        "5:16: models[0].replicas[0]: 'provider' is missing; add provider: a provider's id");
    }

    @Test
    void wrong_types_say_what_is_there_and_what_should_be() {
        assertThat(Configs.problemsOf("""
            server: { port: eighty, bind: [a], admin: 8081 }
            routing: { timeouts: { connect: 10, idle: soon }, exploration: 20, strategy: 3 }
            storage:
            routes: [m]
            """))
                .containsExactly(
                        "3:17: server.port: must be a whole number, not text",
                        "3:31: server.bind: must be text, not a list",
                        "3:43: server.admin: must be a set of keys, not a number",
                        "4:33: routing.timeouts.connect: '10' is not a duration; add a unit: 10ms or 10s",
                        "4:43: routing.timeouts.idle: 'soon' is not a duration; write 500ms, 2s, 10m or 24h",
                        "4:64: routing.exploration: must be a percentage from 0% to 100%, or a number from 0 to 1;"
                                + " did you mean 20%?",
                        "4:78: routing.strategy: must be a strategy such as adaptive, not a number;"
                                + " put it in quotes",
                        "5:9: storage: has no value; give it a set of keys, or remove the key",
                        "6:9: routes: must be a set of routes by name, not a list");
    }

    @Test
    void quotes_around_a_number_are_pointed_out() {
        assertThat(Configs.problemsOf("server: { port: \"8080\" }"))
                .containsExactly("3:17: server.port: must be a whole number, not text; remove the quotes");
    }

    @Test
    void numbers_out_of_range_are_refused() {
        assertThat(Configs.problemsOf("""
            server: { port: 70000 }
            routing: { failure-penalty: -1, answer-value: 1e99, spillover: { attempts: 0 } }
            """))
                .containsExactly(
                        "3:17: server.port: must be a whole number from 0 to 65535",
                        "4:29: routing.failure-penalty: must be from 0 to 1000000",
                        "4:47: routing.answer-value: must be from 0 to 1000000",
                        "4:76: routing.spillover.attempts: must be a whole number from 1 to 20");
    }

    @Test
    void a_key_that_is_there_twice_is_refused() {
        assertThat(Configs.problemsOf("server: { port: 1 }\nserver: { port: 2 }\n"))
                .containsExactly("4:1: server: 'server' is here twice; it is already on line 3");
    }

    @Test
    void a_model_without_replicas_can_serve_nobody() {
        assertThat(Configs.problemsIn("""
            providers: [{ id: p, kind: simulated }]
            models: [{ id: m, tier: mid, use-cases: [chat], replicas: [] }]
            """)).contains("2:59: models[0].replicas: must not be empty");
    }

    @Test
    void levels_that_do_not_fit_together_are_found_at_the_replica() {
        assertThat(Configs.problemsIn("""
            providers: [{ id: p, kind: simulated, circuit: { max-open: 10s } }]
            models: [{ id: m, tier: mid, use-cases: [chat], replicas: [{ provider: p, circuit: { open: 20s } }] }]
            """))
                .containsExactly(
                        "2:60: models[0].replicas[0]: settings don't fit together: circuit: max-open must not be"
                                + " less than open; look at circuit here, on the provider and in routing");
    }

    @Test
    void an_open_port_must_be_meant() {
        assertThat(Configs.problemsOf("server: { bind: 0.0.0.0 }"))
                .containsExactly(
                        "3:17: server.bind: everybody who reaches this address could call models at your cost; write"
                                + " auth: { mode: keys }, or bind 127.0.0.1, or write auth: { mode: none } if that is"
                                + " meant");
        assertThat(Configs.problemsOf("server: { bind: 0.0.0.0 }\nauth: { mode: none }"))
                .isEmpty();
        assertThat(Configs.problemsOf("server: { bind: \"::1\" }")).isEmpty();
    }

    @Test
    void embedded_quota_needs_the_ledgers_file() {
        assertThat(Configs.problemsOf("storage: { quota: { store: embedded } }"))
                .containsExactly("3:19: storage.quota: store 'embedded' needs the ledger's SQLite;"
                        + " write storage.ledger.store: sqlite");
        assertThat(Configs.problemsOf("storage: { ledger: { store: memory, path: x.db } }"))
                .containsExactly("3:43: storage.ledger.path: means nothing with store 'memory';"
                        + " write store: sqlite, or remove it");
    }

    @Test
    void shares_need_a_store_that_others_use_a_size_and_a_short_life() {
        assertThat(Configs.problemsOf("storage: { quota: { store: memory, shares: { size: 2% } } }"))
                .anyMatch(problem -> problem.contains("shares mean nothing with store 'memory'"));
        String redis = "storage: { quota: { store: redis, url: \"redis://h\", shares: { %s } } }";
        assertThat(Configs.problemsOf(redis.formatted("size: 0%")))
                .anyMatch(problem -> problem.contains("shares.size: must be more than 0"));
        assertThat(Configs.problemsOf(redis.formatted("size: 2%, life: 11s")))
                .anyMatch(problem -> problem.contains("shares.life: must be at most 10s"));
        assertThat(Configs.problemsOf(redis.formatted(""))).anyMatch(problem -> problem.contains("size"));
    }

    @Test
    void redis_needs_an_address_that_can_be_one_and_never_repeats_it() {
        assertThat(Configs.problemsOf("storage: { quota: { store: redis } }"))
                .containsExactly(
                        "3:28: storage.quota.store: store 'redis' needs a url;" + " write url: \"redis://host:6379\"");
        assertThat(Configs.problemsOf("storage: { quota: { store: memory, key-prefix: a } }"))
                .containsExactly("3:48: storage.quota.key-prefix: means something with store 'redis' only;"
                        + " write store: redis, or remove it");
        assertThat(Configs.problemsOf("storage: { quota: { store: redis, url: \"http://u:canary@h\" } }"))
                .singleElement()
                .asString()
                .contains("storage.quota.url", "redis://host:6379")
                .doesNotContain("canary");
    }

    @Test
    void a_budget_that_redis_could_not_count_exactly_is_refused() {
        String redis = "storage: { quota: { store: redis, url: \"redis://h\" } }\n";
        assertThat(Configs.problemsOf(redis + "budgets: { rules: [ { id: house, usd: 9007200, per: month } ] }"))
                .singleElement()
                .asString()
                .contains("budget 'house' is more than the quota store 'redis' counts", "at most 9007199 usd");
        assertThat(Configs.problemsOf(redis + "budgets: { rules: [ { id: house, usd: 9007199, per: month } ] }"))
                .isEmpty();
    }

    @Test
    void clocks_of_the_whole_call_are_refused_on_replicas() {
        assertThat(Configs.problemsIn("""
            providers: [{ id: p, kind: simulated, timeouts: { total: 9s } }]
            models: [{ id: m, tier: mid, use-cases: [chat], replicas: [{ provider: p }] }]
            """))
                .containsExactly("1:51: providers[0].timeouts.total: 'total' is a clock of the whole call;"
                        + " set it in routing.timeouts or on a route");
    }

    @Test
    void a_quota_domain_without_limits_limits_nothing() {
        assertThat(Configs.problemsOf("quota-domains: [{ id: q }]"))
                .contains("3:17: quota-domains[0]: has no limit; add at least one, e.g. requests-per-minute: 500");
    }

    @Test
    void all_problems_come_at_once_in_the_files_order() {
        assertThat(Configs.problemsIn("""
            providers:
              - { id: P, kind: opnai }
            models:
              - { id: m, tier: middle, use-cases: [chat], replicas: [{ provider: q, weight: -1 }] }
            routes: { a: nowhere }
            extra: 1
            """))
                .extracting(problem -> problem.substring(0, problem.indexOf(' ')))
                .containsExactly("2:11:", "2:11:", "2:20:", "4:20:", "4:70:", "4:81:", "5:14:", "6:1:");
    }
}
