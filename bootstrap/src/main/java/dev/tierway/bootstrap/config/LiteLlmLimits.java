package dev.tierway.bootstrap.config;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a deployment of LiteLLM says of how much, how long and where. */
final class LiteLlmLimits {
    private static final Map<String, String> PER_MINUTE = Map.of(
            "rpm", "requests-per-minute",
            "tpm", "tokens-per-minute",
            "itpm", "input-tokens-per-minute",
            "otpm", "output-tokens-per-minute");

    private final LiteLlmSection entry;
    private final LiteLlmSection params;
    private final Map<String, Object> replica;
    private final Map<String, BigDecimal> rates = new LinkedHashMap<>();

    LiteLlmLimits(LiteLlmSection entry, LiteLlmSection params, Map<String, Object> replica) {
        this.entry = entry;
        this.params = params;
        this.replica = replica;
    }

    /** A deployment's own limits are a quota domain of its own: its provider may serve others, too. */
    void quota(String group, List<Map<String, Object>> domains) {
        Map<String, Object> domain = new LinkedHashMap<>();
        String id = LiteLlmAccounts.slug(group + "-" + (domains.size() + 1));
        domain.put("id", id);
        for (String key : List.of("rpm", "tpm", "itpm", "otpm")) {
            LiteLlmSection where = params.has(key) ? params : entry;
            BigDecimal rate = where.number(key);
            if (rate != null && rate.signum() > 0) {
                rates.put(key, rate);
                domain.put(String.valueOf(PER_MINUTE.get(key)), rate.setScale(0, RoundingMode.DOWN));
                where.changed(
                        key,
                        "→ quota-domains." + id + ": in LiteLLM it may only be a share of the traffic, here nobody gets"
                                + " beyond it");
            } else if (rate != null) {
                where.left(key, "is no limit that could be kept");
            }
        }
        if (domain.size() > 1) {
            domains.add(domain);
            replica.put("quota-domain", id);
        }
    }

    @Nullable
    BigDecimal rpm() {
        return rates.get("rpm");
    }

    @Nullable
    BigDecimal tpm() {
        return rates.get("tpm");
    }

    void concurrency(@Nullable BigDecimal usual) {
        BigDecimal most = params.number("max_parallel_requests");
        if (most != null) {
            params.carried("max_parallel_requests", "→ the replica's concurrency");
        }
        BigDecimal held = most == null ? usual : most;
        if (held != null && held.signum() > 0) {
            replica.put("concurrency", held.setScale(0, RoundingMode.DOWN));
        }
    }

    void clocks() {
        Map<String, Object> timeouts = new LinkedHashMap<>();
        BigDecimal stream = seconds(params, "stream_timeout");
        BigDecimal whole = seconds(params, "timeout");
        if (stream != null) {
            timeouts.put("first-token", duration(stream));
            params.changed(
                    "stream_timeout", "→ timeouts.first-token: the wait for the first token, not for the whole stream");
        }
        if (whole != null) {
            timeouts.put("unary", duration(whole));
            params.changed(
                    "timeout",
                    "→ timeouts.unary: how long a reply that isn't streamed may take beyond first-token; a flowing"
                            + " stream is ended by routing.timeouts.total only");
        }
        if (!timeouts.isEmpty()) {
            replica.put("timeouts", timeouts);
        }
        BigDecimal cooldown = seconds(params, "cooldown_time");
        if (cooldown != null) {
            replica.put("circuit", circuit(cooldown));
            params.changed("cooldown_time", "→ circuit.open: how long its circuit stays open at first; it doubles");
        }
    }

    void tagsAndRegion() {
        List<Object> tags = new ArrayList<>();
        for (Node tag : params.items("tags")) {
            if (tag instanceof Node.Scalar scalar) {
                tags.add(params.report().plain(scalar));
            }
        }
        if (!tags.isEmpty()) {
            replica.put("tags", tags);
            params.changed("tags", "→ the replica's tags: callers name those they require in tierway.require.tags");
        }
        String region = params.has("region_name") ? params.text("region_name") : null;
        if (region != null) {
            replica.put("region", region);
            params.carried("region_name", "→ the replica's region");
        }
    }

    static Map<String, Object> circuit(BigDecimal open) {
        Map<String, Object> circuit = new LinkedHashMap<>(Map.of("open", duration(open)));
        if (open.compareTo(BigDecimal.valueOf(300)) > 0) {
            circuit.put("max-open", duration(open));
        }
        return circuit;
    }

    /** Null if unsaid, or reported as none. */
    static @Nullable BigDecimal seconds(LiteLlmSection section, String key) {
        BigDecimal seconds = section.number(key);
        if (seconds == null || seconds.signum() > 0) {
            return seconds;
        }
        section.left(key, "is no time that could be waited");
        return null;
    }

    static String duration(BigDecimal seconds) {
        BigDecimal millis = seconds.movePointRight(3).setScale(0, RoundingMode.UP);
        BigDecimal[] whole = millis.divideAndRemainder(BigDecimal.valueOf(1000));
        return whole[1].signum() == 0 ? whole[0].toPlainString() + "s" : millis.toPlainString() + "ms";
    }
}
