package dev.tierway.adapter.http.admin;

import dev.tierway.adapter.http.server.HttpProblem;
import dev.tierway.application.access.FixedValues;
import dev.tierway.application.access.Grant;
import dev.tierway.application.access.KeyScope;
import dev.tierway.application.access.LimitNames;
import dev.tierway.application.port.in.ManageKeys.NewKey;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.routing.Allowed;
import dev.tierway.domain.routing.Constraints;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what an operator orders of API keys from a body. */
final class KeyOrders {
    private static final int LONGEST_NAME = 256;

    private KeyOrders() {}

    /** @throws HttpProblem 400, naming what is wrong */
    static NewKey create(byte[] body, String door) {
        Members members = Members.read(
                body, List.of("id", "secret", "scopes", "allow", "fixed", "limits", "for", "note", "author"));
        return new NewKey(
                members.required("id"),
                members.text("secret"),
                new Grant(scopes(members), allowed(members), fixed(members), limits(members)),
                members.span("for"),
                members.text("note"),
                members.author(door));
    }

    private static Set<KeyScope> scopes(Members members) {
        Set<KeyScope> scopes = EnumSet.noneOf(KeyScope.class);
        members.texts("scopes").forEach(id -> scopes.add(parsed("scopes", id, KeyScope::parse)));
        if (scopes.isEmpty()) {
            scopes.add(KeyScope.CALL);
        }
        return scopes;
    }

    private static Allowed allowed(Members members) {
        Members allow = members.object("allow", List.of("tiers", "models", "replicas", "tags"));
        return new Allowed(
                allow.texts("tiers").stream()
                        .map(id -> parsed("allow.tiers", id, ModelTier::parse))
                        .toList(),
                allow.texts("models"),
                allow.texts("replicas"),
                allow.texts("tags"));
    }

    private static FixedValues fixed(Members members) {
        Members fixed = members.object("fixed", List.of("local", "agent", "workflow", "user", "tags"));
        Map<String, String> tags = new LinkedHashMap<>();
        fixed.namesOf("tags")
                .forEach(tag -> tags.put(tag, name(fixed.open("tags").required(tag), "fixed.tags." + tag)));
        String local = fixed.text("local");
        return new FixedValues(
                local == null ? Constraints.Local.ALLOWED : parsed("fixed.local", local, KeyOrders::local),
                fixedName(fixed, "agent"),
                fixedName(fixed, "workflow"),
                fixedName(fixed, "user"),
                tags);
    }

    private static Constraints.Local local(String text) {
        for (Constraints.Local one : List.of(Constraints.Local.REQUIRED, Constraints.Local.DISABLED)) {
            if (one.name().toLowerCase(Locale.ROOT).equals(text)) {
                return one;
            }
        }
        throw new IllegalArgumentException("must be required or disabled, not '" + text + "'");
    }

    private static List<Limit> limits(Members members) {
        Members open = members.open("limits");
        List<Limit> limits = new ArrayList<>();
        for (String name : members.namesOf("limits")) {
            long amount = open.wholeNumber(name);
            limits.add(parsed("limits." + name, name, one -> LimitNames.limit(one, amount)));
        }
        return limits;
    }

    private static <T> T parsed(String path, String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException wrong) {
            throw HttpProblem.invalid(path + ": " + wrong.getMessage() + ".", path);
        }
    }

    private static @Nullable String fixedName(Members fixed, String member) {
        String text = fixed.text(member);
        return text == null ? null : name(text, "fixed." + member);
    }

    private static String name(String text, String path) {
        if (text.isBlank() || text.length() > LONGEST_NAME) {
            throw HttpProblem.invalid(path + ": 1 to " + LONGEST_NAME + " characters.", path);
        }
        return text;
    }
}
