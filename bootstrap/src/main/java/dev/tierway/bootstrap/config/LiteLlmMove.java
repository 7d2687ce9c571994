package dev.tierway.bootstrap.config;

import dev.tierway.ConfigProblem;
import dev.tierway.InvalidConfigException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Makes a configuration of the file that LiteLLM's proxy was started with, and tells what became of each of its lines. */
public final class LiteLlmMove {
    /** What became of a line. */
    public enum Outcome {
        /** It means the same here. */
        CARRIED,
        /** It is carried over and works otherwise. */
        CHANGED,
        /** It isn't carried over: the words say why, or what to do. */
        LEFT
    }

    /**
     * What became of one key.
     *
     * @param line in LiteLLM's file, from 1; 0: the file as a whole
     * @param path the keys that lead to it, e.g. {@code model_list[0].litellm_params.rpm}
     */
    public record Remark(int line, String path, Outcome outcome, String words) {}

    /**
     * What came of a file.
     *
     * @param yaml the configuration, without any secret
     * @param remarks in the file's order
     * @param variables the environment it needs; true: the value stood in LiteLLM's file and has to be put there now
     * @param problems what {@code validate} finds once those variables are set
     */
    public record Moved(
            String yaml, List<Remark> remarks, Map<String, Boolean> variables, List<ConfigProblem> problems) {
        public Moved {
            remarks = List.copyOf(remarks);
            problems = List.copyOf(problems);
        }
    }

    private final MoveReport report = new MoveReport();

    private LiteLlmMove() {}

    /** @throws InvalidConfigException if it can't be read, or isn't a configuration of LiteLLM's proxy */
    public static Moved of(Path file) {
        try {
            return of(Source.of(file));
        } catch (Unfit e) {
            Problems problems = new Problems(file.toString());
            problems.error(Location.WHOLE_FILE, "", String.valueOf(e.getMessage()), e.suggestion());
            throw new InvalidConfigException(problems.all());
        }
    }

    static Moved of(Source source) {
        Problems problems = new Problems(source.name());
        Node node = DocumentReader.read(source, null, problems);
        if (node instanceof Node.Mapping root && root.values().get("model_list") instanceof Node.Sequence) {
            return new LiteLlmMove().moved(root);
        }
        if (!problems.hasErrors()) {
            problems.error(
                    Location.WHOLE_FILE,
                    "",
                    "has no model_list: it isn't the configuration of a LiteLLM proxy",
                    "name the file that `litellm --config` is started with; models that LiteLLM keeps in its database"
                            + " have to be written into it first");
        }
        throw new InvalidConfigException(problems.all());
    }

    private Moved moved(Node.Mapping node) {
        LiteLlmSection root = LiteLlmSection.of(node, report);
        LiteLlmSection router = root.section("router_settings");
        LiteLlmSection library = root.section("litellm_settings");
        LiteLlmSection general = root.section("general_settings");
        LiteLlmRouting routing = new LiteLlmRouting(router, library);
        LiteLlmAccounts accounts = new LiteLlmAccounts(report);
        BigDecimal concurrency = router.number("default_max_parallel_requests");
        if (concurrency != null) {
            router.carried("default_max_parallel_requests", "→ concurrency of replicas that say none");
        }
        LiteLlmDeployments deployments = new LiteLlmDeployments(accounts, report, concurrency);
        deployments.credentials(root);
        List<LiteLlmDeployment> found = deployments.read(root);
        String strategy = routing.strategy();
        Set<String> aliases =
                root.section("router_settings").section("model_group_alias").keys();
        LiteLlmModels models = new LiteLlmModels(found, aliases, strategy.equals("weighted"));
        LiteLlmRoutes routes = new LiteLlmRoutes(models);
        routes.fallbacks(library);
        routes.fallbacks(router);
        routes.aliases(router);
        routes.usual(general);

        Map<String, Object> document = new LinkedHashMap<>();
        List<Map<String, Object>> written = models.written();
        document.put("providers", accounts.providers());
        put(document, "quota-domains", deployments.quotaDomains());
        put(document, "models", written);
        Map<String, Object> named = routes.routes();
        if (!named.isEmpty()) {
            document.put("routes", named);
            put(document, "rules", routes.rules());
        }
        document.put("routing", routing.written(strategy, routes));
        document.put("storage", LiteLlmStores.written(router));
        document.put("auth", auth(general));
        document.put("server", server());
        routing.leaveRest();
        general.leaveRest(LiteLlmAdvice::onSetting);
        root.leaveRest(LiteLlmAdvice::onSetting);
        String yaml = head() + BlockText.of(document);
        return new Moved(yaml, report.remarks(), report.variables(), problems(yaml));
    }

    private static void put(Map<String, Object> document, String key, List<Map<String, Object>> list) {
        if (!list.isEmpty()) {
            document.put(key, list);
        }
    }

    /** LiteLLM's master key may do everything, and goes on to. */
    private Map<String, Object> auth(LiteLlmSection general) {
        Map<String, Object> auth = new LinkedHashMap<>();
        String secret = general.secret("master_key", "LITELLM_MASTER_KEY");
        if (secret == null) {
            auth.put("mode", "none");
            return auth;
        }
        Map<String, Object> key = new LinkedHashMap<>();
        key.put("id", "master");
        key.put("secret", secret);
        key.put("scopes", List.of("call", "explain", "read", "admin"));
        auth.put("mode", "keys");
        auth.put("keys", List.of(key));
        general.changed(
                "master_key",
                "→ API key 'master': " + secret + ", of 16 characters at least, with all rights, the admin port too."
                        + " Keys in LiteLLM's database aren't carried over: make new ones with `tierway keys create`");
        return auth;
    }

    /** Where LiteLLM listens unless told otherwise, so that clients' addresses stay right. */
    private static Map<String, Object> server() {
        Map<String, Object> server = new LinkedHashMap<>();
        server.put("bind", "127.0.0.1");
        server.put("port", 4000);
        server.put("admin", Map.of("port", 4001));
        return server;
    }

    private String head() {
        StringBuilder head = new StringBuilder("# Made by `tierway init --from litellm`.\n");
        List<String> toSet = new ArrayList<>();
        report.variables().forEach((name, literal) -> {
            if (literal) {
                toSet.add(name);
            }
        });
        if (!toSet.isEmpty()) {
            head.append("# Set these variables to what was written out in LiteLLM's file: ")
                    .append(String.join(", ", toSet))
                    .append('\n');
        }
        return head.append('\n').toString();
    }

    /** As if every variable were set. */
    private List<ConfigProblem> problems(String yaml) {
        Map<String, String> environment = new HashMap<>();
        report.variables().keySet().forEach(name -> environment.put(name, valueFor(name)));
        Source source = new Source("the new configuration", yaml, false, Path.of(""), null);
        return ConfigLoader.read(source, environment).problems();
    }

    private static String valueFor(String name) {
        if (name.contains("PORT")) {
            return "1";
        }
        if (name.contains("REGION") || name.contains("VERSION")) {
            return "x-1";
        }
        return name.matches(".*(URL|BASE|ENDPOINT).*")
                ? name.contains("REDIS") ? "redis://host:6379" : "https://host.invalid"
                : "a-value-for-" + name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
