package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.AuthConfig;
import dev.tierway.ConfigProblem;
import dev.tierway.GatewayConfig;
import dev.tierway.KeyConfig;
import dev.tierway.application.access.KeyScope;
import dev.tierway.application.access.LimitNames;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.routing.Constraints;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code auth}: who may call. */
class AuthConfigTest {
    private static final String REST = """
        providers: [ { id: west, kind: simulated } ]
        models:
          - { id: writer, tier: mid, use-cases: [chat], replicas: [ { provider: west } ] }
        """;

    private static GatewayConfig config(String more) {
        return GatewayConfig.parse(REST + more, Map.of());
    }

    private static List<String> problems(String more) {
        return GatewayConfig.validate(REST + more, Map.of()).stream()
                .map(ConfigProblem::toString)
                .toList();
    }

    @Test
    void without_anything_nobody_is_asked_on_loopback() {
        assertThat(config("").auth()).isEqualTo(AuthConfig.OPEN);
    }

    @Test
    void keys_are_asked_for_where_some_are_listed_unless_it_says_otherwise() {
        String keys = "keys: [ { id: a, secret: 0123456789abcdef } ]";

        assertThat(config("auth: { " + keys + " }").auth().mode()).isEqualTo(AuthConfig.Mode.KEYS);
        assertThat(config("auth: { mode: keys }").auth().mode()).isEqualTo(AuthConfig.Mode.KEYS);
        assertThat(config("auth: { mode: none, " + keys + " }").auth().mode()).isEqualTo(AuthConfig.Mode.NONE);
        assertThat(problems("auth: { mode: none, " + keys + " }"))
                .singleElement()
                .asString()
                .contains("have no effect");
    }

    @Test
    void a_key_has_everything_a_stored_one_can_have() {
        KeyConfig key = config("""
            auth:
              keys:
                - id: search-team
                  secret: 0123456789abcdef
                  scopes: [call, explain]
                  allow: { tiers: [micro, mid], models: [writer], replicas: [west/writer], tags: [eu] }
                  fixed: { local: disabled, agent: bot, tags: { team: search } }
                  limits: { requests-per-minute: 600 }
                  expires: "2027-01-31T00:00:00Z"
            """).auth().keys().getFirst();

        assertThat(key.id()).isEqualTo("search-team");
        assertThat(key.secret().reveal()).isEqualTo("0123456789abcdef");
        assertThat(key.toString()).doesNotContain("0123456789abcdef");
        assertThat(key.grant().scopes()).containsExactly(KeyScope.CALL, KeyScope.EXPLAIN);
        assertThat(key.grant().allowed().tiers()).containsExactly(ModelTier.MICRO, ModelTier.MID);
        assertThat(key.grant().allowed().replicas()).containsExactly("west/writer");
        assertThat(key.grant().fixed().local()).isEqualTo(Constraints.Local.DISABLED);
        assertThat(key.grant().fixed().tags()).isEqualTo(Map.of("team", "search"));
        assertThat(key.grant().limits()).containsExactly(LimitNames.limit("requests-per-minute", 600));
        assertThat(key.expires()).isEqualTo(Instant.parse("2027-01-31T00:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ keys: [ { id: a, secret: short-canary } ] } | must have 16 to 1024 characters",
                "{ keys: [ { id: A, secret: 0123456789abcdef } ] } | is not an id",
                "{ keys: [ { id: a } ] } | 'secret' is missing",
                "{ keys: [ { id: a, secret: 0123456789abcdef, scopes: [] } ] } | must not be empty",
                "{ keys: [ { id: a, secret: 0123456789abcdef, scopes: [all] } ] } | unknown scope 'all'",
                "{ keys: [ { id: a, secret: 0123456789abcdef, allow: { models: [wrtier] } } ] } | unknown model"
                        + " 'wrtier'",
                "{ keys: [ { id: a, secret: 0123456789abcdef, allow: { replicas: [east/writer] } } ] } | unknown"
                        + " replica",
                "{ keys: [ { id: a, secret: 0123456789abcdef }, { id: a, secret: 0123456789abcdeg } ] } | two keys"
                        + " have the id 'a'",
                "{ keys: [ { id: a, secret: 0123456789abcdef }, { id: b, secret: 0123456789abcdef } ] } | have the"
                        + " same secret",
                "{ mode: keys, pepper: short-canary } | must have at least 32 characters",
                "{ previous-pepper: 0123456789abcdef0123456789abcdef } | was before no other",
                "{ keys: [ { id: a, secret: 0123456789abcdef, expires: tomorrow } ] } | is not a time"
            })
    void what_is_wrong_is_named_and_no_secret_shown(String auth, String message) {
        assertThat(problems("auth: " + auth))
                .anyMatch(problem -> problem.contains(message))
                .noneMatch(problem -> problem.contains("canary") || problem.contains("abcdef"));
    }

    @Test
    void an_address_that_others_can_reach_needs_keys_or_an_explicit_none() {
        assertThat(problems("server: { bind: 0.0.0.0 }")).anyMatch(problem -> problem.contains("auth: { mode: keys }"));
        assertThat(problems("server: { bind: 0.0.0.0 }\nauth: { mode: keys }")).isEmpty();
        assertThat(problems("server: { bind: 0.0.0.0 }\nauth: { mode: none }")).isEmpty();
        assertThat(problems("server: { bind: 0.0.0.0 }\nauth: { keys: [ { id: a, secret: 0123456789abcdef } ] }"))
                .isEmpty();
    }

    @Test
    void the_admin_port_is_open_to_the_network_only_with_token_and_tls() {
        assertThat(problems("server: { admin: { bind: 0.0.0.0 } }"))
                .hasSize(2)
                .anyMatch(problem -> problem.contains("auth.admin-token"))
                .anyMatch(problem -> problem.contains("tls: terminated"));
        assertThat(problems("server: { admin: { bind: 0.0.0.0 } }\nauth: { admin-token: 0123456789abcdef }"))
                .singleElement()
                .asString()
                .contains("tls: terminated");
        assertThat(problems("server: { admin: { bind: 0.0.0.0, tls: terminated } }\n"
                        + "auth: { admin-token: 0123456789abcdef }"))
                .isEmpty();
        assertThat(problems("server: { admin: { tls: on } }")).isNotEmpty();
        assertThat(problems("server: { tls: { certificate: nowhere.pem, key: nowhere.pem } }"))
                .allMatch(problem -> problem.contains("can't be read"))
                .hasSize(2);
    }

    @Test
    void what_cannot_have_an_effect_is_a_warning() {
        assertThat(problems("rules: [ { id: r, when: { key: a }, to: writer } ]"))
                .singleElement()
                .asString()
                .contains("never holds");
        assertThat(problems("auth: { mode: keys }\nrules: [ { id: r, when: { key: a }, to: writer } ]"))
                .isEmpty();
        assertThat(problems("budgets: { rules: [ { id: b, for: { key: \"*\" }, requests-per-day: 5 } ] }"))
                .singleElement()
                .asString()
                .contains("never holds");
        assertThat(problems("auth: { mode: keys }\n"
                        + "budgets: { rules: [ { id: b, for: { key: \"*\" }, requests-per-day: 5 } ] }"))
                .isEmpty();
        assertThat(problems(
                        "auth: { mode: keys }\nstorage: { ledger: { store: postgresql, url: \"postgresql://x/y\" } }"))
                .anyMatch(problem -> problem.contains("has no pepper"));
    }

    @Test
    void secrets_and_peppers_are_not_shown() {
        Map<String, Object> shown = config("auth: { mode: keys, pepper: 0123456789abcdef0123456789abcdef,"
                        + " keys: [ { id: a, secret: 0123456789abcdeX, scopes: [call] } ] }")
                .toRedactedMap();

        assertThat(shown.get("auth").toString()).contains("id=a").doesNotContain("0123456789abcde");
    }
}
