package dev.tierway.bootstrap.config;

import dev.tierway.bootstrap.config.LiteLlmDeployment.Shares;
import dev.tierway.bootstrap.config.LiteLlmMove.Outcome;
import dev.tierway.bootstrap.config.LiteLlmPrefixes.Named;
import dev.tierway.bootstrap.config.LiteLlmPrefixes.Service;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code model_list}. */
final class LiteLlmDeployments {
    /** Of models and replicas. */
    private static final String NAME = "(?!tier:)[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,199}";

    private static final String WHOLE = "; left out whole";

    private final LiteLlmAccounts accounts;
    private final MoveReport report;
    /** By name, from {@code credential_list}. */
    private final Map<String, Map<String, Node>> credentials = new LinkedHashMap<>();

    private final List<Map<String, Object>> quotaDomains = new ArrayList<>();
    private final @Nullable BigDecimal concurrency;

    /** @param concurrency the router's own for deployments that say nothing; null: none */
    LiteLlmDeployments(LiteLlmAccounts accounts, MoveReport report, @Nullable BigDecimal concurrency) {
        this.accounts = accounts;
        this.report = report;
        this.concurrency = concurrency;
    }

    List<Map<String, Object>> quotaDomains() {
        return quotaDomains;
    }

    void credentials(LiteLlmSection root) {
        for (Node item : root.items("credential_list")) {
            LiteLlmSection one = LiteLlmSection.of(item, report);
            String name = one.text("credential_name");
            if (name != null && one.take("credential_values") instanceof Node.Mapping values) {
                credentials.put(name, values.values());
                one.carried("credential_name", "→ wherever a deployment names it");
                one.carried("credential_values", "→ the providers of deployments that name it");
            }
            one.leaveRest(key -> "is for LiteLLM's own pages");
        }
    }

    List<LiteLlmDeployment> read(LiteLlmSection root) {
        List<LiteLlmDeployment> found = new ArrayList<>();
        for (Node item : root.items("model_list")) {
            LiteLlmDeployment one = deployment(LiteLlmSection.of(item, report));
            if (one != null) {
                found.add(one);
            }
        }
        return found;
    }

    private @Nullable LiteLlmDeployment deployment(LiteLlmSection entry) {
        String group = entry.text("model_name");
        LiteLlmSection params = withCredential(entry.section("litellm_params"));
        LiteLlmSection info = entry.section("model_info");
        String model = params.text("model");
        if (group == null || model == null) {
            report.add(entry.at(), entry.path(), Outcome.LEFT, "needs a model_name and litellm_params.model" + WHOLE);
            return null;
        }
        Named named = LiteLlmPrefixes.of(model, custom(params));
        if (model.endsWith("*") || group.endsWith("*")) {
            wildcard(entry, params, group, named);
            return null;
        }
        if (!group.matches(NAME) || group.equals("auto")) {
            report.add(
                    entry.at(),
                    entry.path(),
                    Outcome.LEFT,
                    "has a model_name that can't be a model's id (letters, digits and . _ : / @ + - can, but neither"
                            + " 'auto' nor 'tier:…'): choose another, and tell clients" + WHOLE);
            return null;
        }
        Service service = named.service();
        String mode = mode(info, named.model());
        if (service != null && mode != null) {
            String provider = accounts.of(named, service, params, null);
            return whole(entry, group, params, info, named, provider, mode.equals("embedding"));
        }
        report.add(
                entry.at(),
                entry.path(),
                Outcome.LEFT,
                service == null
                        ? "is served by '" + named.prefix()
                                + "', to whom Tierway doesn't speak by that name: if it speaks"
                                + " OpenAI's format, add it as kind openai-compatible" + WHOLE
                        : "has mode " + info.text("mode") + ", which Tierway doesn't serve (it serves chat, completion,"
                                + " responses and embedding): keep it where it is" + WHOLE);
        return null;
    }

    private LiteLlmDeployment whole(
            LiteLlmSection entry,
            String group,
            LiteLlmSection params,
            LiteLlmSection info,
            Named named,
            String provider,
            boolean embeds) {
        String upstream = upstream(named);
        Map<String, Object> replica = new LinkedHashMap<>();
        replica.put("provider", provider);
        replica.put("upstream-model", upstream);
        params.carried("model", "→ upstream-model " + upstream + " at provider " + provider);
        LiteLlmFacts facts = LiteLlmFacts.of(accounts.get(provider), upstream, info, params, embeds);
        if (!facts.price().isEmpty()) {
            replica.put("price", facts.price());
        }
        LiteLlmLimits limits = new LiteLlmLimits(entry, params, replica);
        limits.quota(group, quotaDomains);
        limits.concurrency(concurrency);
        limits.clocks();
        limits.tagsAndRegion();
        LiteLlmParameters.read(params, accounts.get(provider), replica);
        BigDecimal order = params.number("order");
        Shares shares = new Shares(params.number("weight"), limits.rpm(), limits.tpm());
        String id = info.text("id");
        boolean fits = id != null && id.matches(NAME);
        if (fits) {
            info.carried("id", "→ the replica's id");
        } else if (id != null) {
            info.left("id", "can't be a replica's id: letters, digits and . _ : / @ + - can");
        }
        params.leaveRest(LiteLlmAdvice::onParameter);
        info.leaveRest(key -> "is for LiteLLM's own pages and reports");
        entry.leaveRest(LiteLlmAdvice::onParameter);
        entry.carried("model_name", "→ model " + group);
        return new LiteLlmDeployment(group, params, provider, embeds, facts, order, shares, fits ? id : null, replica);
    }

    /** Bedrock's names may say by which API, and where. */
    private static String upstream(Named named) {
        return named.prefix().startsWith("bedrock")
                ? named.model()
                        .replaceFirst("^(converse|invoke|converse_like)/", "")
                        .replaceFirst("^[a-z]{2}(-[a-z]+)+-[0-9]/", "")
                : named.model();
    }

    private @Nullable String custom(LiteLlmSection params) {
        String custom = params.text("custom_llm_provider");
        if (custom != null) {
            params.carried("custom_llm_provider", "says who serves it");
        }
        return custom;
    }

    private LiteLlmSection withCredential(LiteLlmSection params) {
        String name = params.text("litellm_credential_name");
        if (name == null) {
            return params;
        }
        Map<String, Node> values = credentials.get(name);
        if (values == null) {
            params.left(
                    "litellm_credential_name", "isn't in this file's credential_list: give its provider an api-key");
            return params;
        }
        params.carried("litellm_credential_name", "→ the provider has what the credential says");
        LiteLlmSection whole = params.with(values);
        whole.take("litellm_credential_name");
        return whole;
    }

    /** Null: not served. Unsaid, LiteLLM looks it up; embeddings are told by their names. */
    private static @Nullable String mode(LiteLlmSection info, String model) {
        String mode = info.text("mode");
        if (mode == null) {
            return model.contains("embed") ? "embedding" : "chat";
        }
        boolean served = List.of("chat", "completion", "responses", "embedding").contains(mode);
        if (served) {
            info.carried("mode", mode.equals("embedding") ? "→ use case embed" : "→ use case chat");
        }
        return served ? mode : null;
    }

    /** Names clients send as {@code PROVIDER/NAME} stay what they are. */
    private void wildcard(LiteLlmSection entry, LiteLlmSection params, String group, Named named) {
        Service service = named.service();
        String before = group.endsWith("/*") ? group.substring(0, group.length() - 2) : "";
        if (service == null || !named.model().equals("*") || !before.matches("[a-z0-9][a-z0-9._-]*")) {
            report.add(
                    entry.at(),
                    entry.path(),
                    Outcome.LEFT,
                    "is a pattern that Tierway has no word for: list the models behind it, or give a provider"
                            + " passthrough: true and let clients ask for PROVIDER/NAME" + WHOLE);
            return;
        }
        String id = accounts.of(named, service, params, before);
        if (!id.equals(before)) {
            report.add(
                    entry.at(),
                    entry.path(),
                    Outcome.LEFT,
                    "a provider '" + before + "' exists for another account: name one of them anew" + WHOLE);
            return;
        }
        accounts.passthrough(id);
        entry.carried("model_name", "→ provider " + id + " with passthrough: true; clients go on asking for " + group);
        params.carried("model", "→ any model of provider " + id);
        params.leaveRest(LiteLlmAdvice::onParameter);
        entry.section("model_info").leaveRest(key -> "means nothing for models that aren't listed");
        entry.leaveRest(LiteLlmAdvice::onParameter);
    }
}
