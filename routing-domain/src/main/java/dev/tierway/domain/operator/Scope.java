package dev.tierway.domain.operator;

import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.QuotaDomainId;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.ReplicaId;
import java.util.Locale;

/**
 * What an operator's action is about: one replica, or all of a model, a quota domain or a provider; or else a rule, a
 * route, the calls of an agent or a workflow, or what the gateway does in general.
 */
public record Scope(Level level, String id) {
    private static final String ALL = "all";
    /** Characters of a name. */
    public static final int LONGEST_NAME = 200;

    /** @throws IllegalArgumentException if the text can't be such an id */
    public Scope {
        switch (level) {
            case REPLICA -> new ReplicaId(id);
            case MODEL -> new ModelId(id);
            case QUOTA_DOMAIN -> new QuotaDomainId(id);
            case PROVIDER -> new ProviderId(id);
            case RULE, ROUTE, AGENT, WORKFLOW -> requireName(level, id);
            case GATEWAY -> requireAll(id);
        }
    }

    private static void requireName(Level level, String id) {
        if (id.isBlank() || id.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("a " + level.words() + "'s id has 1 to " + LONGEST_NAME + " characters");
        }
    }

    private static void requireAll(String id) {
        if (!id.equals(ALL)) {
            throw new IllegalArgumentException("'" + id + "' is none of " + ALL);
        }
    }

    /** What kind of thing the id names; the most specific first, which wins over the later ones. */
    public enum Level {
        REPLICA,
        MODEL,
        QUOTA_DOMAIN,
        PROVIDER,
        RULE,
        ROUTE,
        AGENT,
        WORKFLOW,
        GATEWAY;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether it is about replicas. */
        public boolean ofReplicas() {
            return compareTo(RULE) < 0;
        }

        /** As in a sentence. */
        public String words() {
            return id().replace('_', ' ');
        }

        /** @throws IllegalArgumentException naming the known ones */
        public static Level parse(String text) {
            for (Level level : values()) {
                if (level.id().equals(text)) {
                    return level;
                }
            }
            throw new IllegalArgumentException("'" + text
                    + "' is none of replica, model, quota_domain, provider, rule, route, agent, workflow, gateway");
        }
    }

    public static Scope replica(String id) {
        return new Scope(Level.REPLICA, id);
    }

    public static Scope model(String id) {
        return new Scope(Level.MODEL, id);
    }

    public static Scope quotaDomain(String id) {
        return new Scope(Level.QUOTA_DOMAIN, id);
    }

    public static Scope provider(String id) {
        return new Scope(Level.PROVIDER, id);
    }

    public static Scope rule(String id) {
        return new Scope(Level.RULE, id);
    }

    /** A route by its name; a pattern with its {@code *}. */
    public static Scope route(String name) {
        return new Scope(Level.ROUTE, name);
    }

    /** All calls that name this agent, whatever key they come with. */
    public static Scope agent(String name) {
        return new Scope(Level.AGENT, name);
    }

    /** All calls that name this workflow, whatever key they come with. */
    public static Scope workflow(String name) {
        return new Scope(Level.WORKFLOW, name);
    }

    /** All that the gateway decides. */
    public static Scope gateway() {
        return new Scope(Level.GATEWAY, ALL);
    }

    public boolean covers(Replica replica) {
        return switch (level) {
            case REPLICA -> replica.id().value().equals(id);
            case MODEL -> replica.model().value().equals(id);
            case QUOTA_DOMAIN ->
                replica.quotaDomains().stream()
                        .anyMatch(domain -> domain.value().equals(id));
            case PROVIDER -> replica.provider().value().equals(id);
            case RULE, ROUTE, AGENT, WORKFLOW, GATEWAY -> false;
        };
    }

    @Override
    public String toString() {
        return level.words() + " '" + id + "'";
    }
}
