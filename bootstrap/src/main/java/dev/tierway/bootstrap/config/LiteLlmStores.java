package dev.tierway.bootstrap.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where LiteLLM keeps what its instances share. */
final class LiteLlmStores {
    private LiteLlmStores() {}

    static Map<String, Object> written(LiteLlmSection router) {
        Map<String, Object> storage = new LinkedHashMap<>();
        storage.put("ledger", new LinkedHashMap<>(Map.of("store", "sqlite")));
        String url = url(router);
        if (url != null) {
            Map<String, Object> quota = new LinkedHashMap<>();
            quota.put("store", "redis");
            quota.put("url", url);
            storage.put("quota", quota);
        }
        return storage;
    }

    private static @Nullable String url(LiteLlmSection router) {
        String whole = router.secret("redis_url", "TIERWAY_REDIS_URL");
        if (whole != null) {
            router.carried("redis_url", "→ storage.quota.url: " + whole);
            return whole;
        }
        String host = router.text("redis_host");
        if (host == null) {
            return null;
        }
        String port = router.text("redis_port");
        String password = router.secret("redis_password", "TIERWAY_REDIS_PASSWORD");
        String user = router.text("redis_username");
        String database = router.text("redis_db");
        boolean tls = router.flag("redis_ssl");
        for (String key :
                List.of("redis_host", "redis_port", "redis_password", "redis_username", "redis_db", "redis_ssl")) {
            if (router.has(key)) {
                router.carried(key, "→ storage.quota.url" + (key.equals("redis_password") ? ", as " + password : ""));
            }
        }
        return (tls ? "rediss://" : "redis://")
                + (password == null ? "" : (user == null ? "" : user) + ":" + password + "@")
                + host + ":" + (port == null ? "6379" : port)
                + (database == null ? "" : "/" + database);
    }
}
