package dev.tierway.adapter.providers.limits;

import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.VendorLimit;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code ratelimit} and {@code ratelimit-policy} headers of draft-ietf-httpapi-ratelimit-headers: since its version
 * 08 lists of named policies ({@code "default";r=50;t=30} beside {@code "default";q=100;w=60}), in version 07 a
 * dictionary ({@code limit=100, remaining=50, reset=30}).
 */
final class StandardLimits {
    private static final String UNIT_OF_REQUESTS = "requests";
    private static final String UNIT_OF_CALLS_IN_FLIGHT = "concurrent-requests";
    private static final long LONGEST_WINDOW_SECONDS = Duration.ofDays(366).toSeconds();

    private StandardLimits() {}

    static List<VendorLimit> read(MultiMap headers) {
        String service = SingleHeader.of(headers, "ratelimit");
        List<StructuredList.Item> policies = StructuredList.parse(SingleHeader.of(headers, "ratelimit-policy"));
        List<VendorLimit> found = new ArrayList<>();
        for (StructuredList.Item item : StructuredList.parse(service)) {
            VendorLimit limit = named(item, policies);
            if (limit != null) {
                found.add(limit);
            }
        }
        VendorLimit old = found.isEmpty() && service != null ? dictionary(service, policies) : null;
        return old == null ? found : List.of(old);
    }

    private static @Nullable VendorLimit named(StructuredList.Item item, List<StructuredList.Item> policies) {
        Long remaining = item.number("r");
        StructuredList.Item policy = policies.stream()
                .filter(one -> one.value().equals(item.value()))
                .findFirst()
                .orElse(null);
        Dimension dimension = policy == null ? Dimension.REQUESTS : dimension(policy);
        if (remaining == null || dimension == null) {
            return null;
        }
        boolean held = dimension == Dimension.CONCURRENCY;
        return new VendorLimit(
                dimension,
                positive(policy == null ? null : policy.number("q")),
                remaining,
                seconds(item.number("t")),
                policy == null || held ? null : window(policy));
    }

    private static @Nullable VendorLimit dictionary(String service, List<StructuredList.Item> policies) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String member : service.split(",", 8)) {
            String[] pair = member.strip().split("=", 2);
            if (pair.length == 2) {
                values.put(pair[0], pair[1]);
            }
        }
        StructuredList.Item members = new StructuredList.Item("", values);
        Long limit = members.number("limit");
        Long remaining = members.number("remaining");
        if (remaining == null) {
            return null;
        }
        StructuredList.Item policy = policies.stream()
                .filter(one -> limit != null && limit.equals(one.number()))
                .findFirst()
                .orElse(null);
        return new VendorLimit(
                Dimension.REQUESTS,
                positive(limit),
                remaining,
                seconds(members.number("reset")),
                policy == null ? null : window(policy));
    }

    /** The window a quota policy names in seconds; null if it names none. */
    static @Nullable Duration window(StructuredList.Item policy) {
        Long seconds = policy.number("w");
        return seconds == null || seconds == 0 || seconds > LONGEST_WINDOW_SECONDS ? null : Duration.ofSeconds(seconds);
    }

    /** Null if it counts something we don't. */
    private static @Nullable Dimension dimension(StructuredList.Item policy) {
        return switch (policy.parameters().getOrDefault("qu", UNIT_OF_REQUESTS)) {
            case UNIT_OF_REQUESTS -> Dimension.REQUESTS;
            case UNIT_OF_CALLS_IN_FLIGHT -> Dimension.CONCURRENCY;
            default -> null;
        };
    }

    private static @Nullable Long positive(@Nullable Long amount) {
        return amount == null || amount == 0 ? null : amount;
    }

    private static @Nullable Long seconds(@Nullable Long seconds) {
        return seconds == null || seconds == 0 || seconds > LONGEST_WINDOW_SECONDS
                ? null
                : Long.valueOf(Duration.ofSeconds(seconds).toNanos());
    }
}
