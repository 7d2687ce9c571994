package dev.tierway.application.keys;

import dev.tierway.application.access.FixedValues;
import dev.tierway.application.access.Grant;
import dev.tierway.application.access.KeyScope;
import dev.tierway.application.access.LimitNames;
import dev.tierway.application.port.in.KeyStatus;
import dev.tierway.application.port.in.KeyStatus.SecretStatus;
import dev.tierway.application.port.out.KeySecret;
import dev.tierway.application.port.out.StoredKey;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.routing.Allowed;
import dev.tierway.domain.routing.Constraints;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keys as they are shown. */
public final class KeyWords {
    private KeyWords() {}

    static KeyStatus of(StoredKey key, String state, long nowMillis, @Nullable Long lastUsed) {
        Grant grant = key.grant();
        return new KeyStatus(
                key.id(),
                state,
                "stored",
                scopes(grant),
                allow(grant.allowed()),
                fixed(grant.fixed()),
                LimitNames.of(grant.limits()),
                key.secrets().stream()
                        .filter(secret -> secret.untilEpochMillis() == null || secret.untilEpochMillis() > nowMillis)
                        .map(KeyWords::secret)
                        .toList(),
                key.author(),
                key.note(),
                time(key.createdEpochMillis()),
                time(key.expiresEpochMillis()),
                time(key.revokedEpochMillis()),
                time(lastUsed));
    }

    static KeyStatus of(DeclaredKey key, long nowMillis, @Nullable Long lastUsed) {
        Grant grant = key.grant();
        Long end = key.expiresEpochMillis();
        return new KeyStatus(
                key.id(),
                end != null && end <= nowMillis ? "expired" : "active",
                "configured",
                scopes(grant),
                allow(grant.allowed()),
                fixed(grant.fixed()),
                LimitNames.of(grant.limits()),
                List.of(),
                null,
                null,
                null,
                time(end),
                null,
                time(lastUsed));
    }

    private static SecretStatus secret(KeySecret secret) {
        return new SecretStatus(secret.hint(), time(secret.untilEpochMillis()));
    }

    public static List<String> scopes(Grant grant) {
        return grant.scopes().stream().map(KeyScope::id).toList();
    }

    /** The lists that narrow, by name. */
    public static Map<String, List<String>> allow(Allowed allowed) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        put(lists, "tiers", allowed.tiers().stream().map(ModelTier::id).toList());
        put(lists, "models", allowed.models());
        put(lists, "replicas", allowed.replicas());
        put(lists, "tags", allowed.tags());
        return lists;
    }

    private static void put(Map<String, List<String>> lists, String name, List<String> list) {
        if (!list.isEmpty()) {
            lists.put(name, list);
        }
    }

    /** The options that are fixed, by name. */
    public static Map<String, Object> fixed(FixedValues fixed) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (fixed.local() != Constraints.Local.ALLOWED) {
            values.put("local", fixed.local().name().toLowerCase(Locale.ROOT));
        }
        putText(values, "agent", fixed.agent());
        putText(values, "workflow", fixed.workflow());
        putText(values, "user", fixed.user());
        if (!fixed.tags().isEmpty()) {
            values.put("tags", fixed.tags());
        }
        return values;
    }

    private static void putText(Map<String, Object> values, String name, @Nullable String value) {
        if (value != null) {
            values.put(name, value);
        }
    }

    static @Nullable String time(@Nullable Long epochMillis) {
        return epochMillis == null || epochMillis == 0
                ? null
                : Instant.ofEpochMilli(epochMillis).toString();
    }
}
