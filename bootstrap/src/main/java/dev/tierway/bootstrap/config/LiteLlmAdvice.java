package dev.tierway.bootstrap.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** What to do about keys of LiteLLM that have no counterpart, or one that is no key. */
final class LiteLlmAdvice {
    /** So begins what means the same here without a key. */
    static final String NOTHING_TO_SET = "nothing to set";

    private static final String BY_CLASS =
            "in Tierway the class of a failure decides alone: see failure-classes.md. Leave it out";
    private static final String OWN_KEYS = "Tierway has API keys of its own: see the how-to on API keys";
    private static final String METRICS =
            "Tierway has metrics at /metrics of the admin port, decisions and an account book; other sinks aren't fed";
    private static final String BUDGETS = "write it as a rule of budgets";
    private static final String CACHING =
            "answers aren't cached by this file: see plugins in the reference of the configuration";
    private static final String PAGES = "is for LiteLLM's own pages and database";

    private static final Map<String, String> PARAMETERS = table("""
        input_cost_per_second: prices here are per token: write the replica's price if you know it
        output_cost_per_second: prices here are per token: write the replica's price if you know it
        num_retries: retries are set for all: routing.spillover, and retry of a replica
        max_retries: retries are set for all: routing.spillover, and retry of a replica
        max_budget: there are budgets of callers, not of deployments: quota-domains limit what goes to an account
        budget_duration: there are budgets of callers, not of deployments: quota-domains limit what goes to an account
        mock_response: make a provider of kind simulated for it
        drop_params: nothing to set: what a provider doesn't know is left out with a warning, unless the caller says on_unsupported: reject
        tag_regex: write a rule: when: { header: … }, require: { tags: … }
        configurable_clientside_auth_params: callers never bring keys or addresses of vendors
        use_in_pass_through: paths of vendors aren't passed through
        azure_username: write azure: { tenant, client, client-secret } or { managed-identity: true }
        azure_password: write azure: { tenant, client, client-secret } or { managed-identity: true }
        """);

    private static final Map<String, String> SETTINGS = settings();

    private LiteLlmAdvice() {}

    private static Map<String, String> settings() {
        Map<String, String> all = table("""
            drop_params: nothing to set: what a provider doesn't know is left out with a warning; a call's on_unsupported: reject changes it
            enable_pre_call_checks: nothing to set: a context too long for a known window is always refused beforehand
            enable_tag_filtering: nothing to set: callers name the tags they require in tierway.require.tags
            tag_filtering_match_any: a replica needs all tags that a call requires
            disable_cooldowns: circuits can't be switched off; make them patient in routing.circuit
            retry_after: waiting times come from the vendor, else from routing.cooldown
            routing_strategy_args: has no counterpart: the scores of adaptive are tuned under routing
            routing_groups: write a route for each group, with its own strategy
            max_fallbacks: attempts of a call are counted together: routing.spillover.attempts
            default_litellm_params: write defaults.parameters into providers or replicas
            provider_budget_config: there are budgets of callers, not of providers: quota-domains limit what goes to an account
            caching_groups: answers aren't shared between models
            turn_off_message_logging: nothing to set: Tierway logs no prompt and no answer
            set_verbose: start with TIERWAY_DEBUG=true instead
            json_logs: see the how-to on operating
            modify_params: requests are translated where a provider needs it, otherwise they go untouched
            force_ipv4: start with TIERWAY_JAVA_OPTS=-Djava.net.preferIPv4Stack=true
            ssl_verify: certificates are always checked; name an authority of your own in a provider's connection.ca
            max_internal_user_budget: %1$s
            max_budget: %1$s
            budget_duration: %1$s
            max_end_user_budget: %1$s
            upperbound_key_generate_params: %2$s
            default_key_generate_params: %2$s
            default_team_settings: %2$s
            default_internal_user_params: %2$s
            global_max_parallel_requests: write a budgets rule with concurrency, for all calls together
            max_parallel_requests: write concurrency into replicas
            database_url: LiteLLM's database isn't read. For several gateways write storage.ledger: { store: postgresql, url, user, password }
            store_model_in_db: models in LiteLLM's database aren't seen here: export them into the file first
            master_key: %2$s
            custom_auth: %2$s
            enable_jwt_auth: %2$s
            litellm_jwtauth: %2$s
            allowed_ips: let a firewall or a proxy see to it
            use_x_forwarded_for: see the how-to on running behind nginx
            max_request_size_mb: write server.limits.max-body
            background_health_checks: a provider's probe looks at its server beside the calls, at no cost
            health_check_interval: write interval into a provider's probe
            pass_through_endpoints: paths of vendors aren't passed through
            forward_client_headers_to_llm_api: clients' headers aren't passed on; write them into a provider's headers
            alerting: alert rules for Prometheus come with the distribution; channels are your Alertmanager's matter
            alerting_threshold: alert rules for Prometheus come with the distribution
            guardrails: see plugins in the reference of the configuration
            environment_variables: export them before starting; values aren't copied
            include: run init once more on each file it names, or on one file that holds them all
            """.formatted(BUDGETS, OWN_KEYS));
        for (String key : new String[] {"retry_policy", "allowed_fails_policy", "model_group_retry_policy"}) {
            all.put(key, BY_CLASS);
        }
        for (String key : new String[] {"cache", "cache_params", "cache_responses", "cache_kwargs"}) {
            all.put(key, CACHING);
        }
        for (String key : new String[] {"callbacks", "success_callback", "failure_callback", "service_callbacks"}) {
            all.put(key, METRICS);
        }
        for (String key : new String[] {"callback_settings", "langfuse_default_tags", "otel"}) {
            all.put(key, METRICS);
        }
        for (String key :
                new String[] {"ui_access_mode", "proxy_batch_write_at", "disable_spend_logs", "spend_report_frequency"
                }) {
            all.put(key, PAGES);
        }
        return all;
    }

    private static Map<String, String> table(String text) {
        Map<String, String> table = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            int colon = line.indexOf(": ");
            table.put(line.substring(0, colon), line.substring(colon + 2));
        });
        return table;
    }

    static String onParameter(String key) {
        return PARAMETERS.getOrDefault(
                key,
                "has no counterpart here; if the vendor should get it, write it into the replica's"
                        + " defaults.parameters");
    }

    static String onSetting(String key) {
        return SETTINGS.getOrDefault(key, "has no counterpart here");
    }
}
