package dev.tierway.domain.operator;

import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.QuotaDomainId;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.ReplicaId;
import java.util.Locale;

/** Which replicas an operator's action is about: one, or all of a model, a quota domain or a provider. */
public record Scope(Level level, String id) {
    /** @throws IllegalArgumentException if the text can't be such an id */
    public Scope {
        switch (level) {
            case REPLICA -> new ReplicaId(id);
            case MODEL -> new ModelId(id);
            case QUOTA_DOMAIN -> new QuotaDomainId(id);
            case PROVIDER -> new ProviderId(id);
        }
    }

    /** What kind of thing the id names; the most specific first, which wins over the later ones. */
    public enum Level {
        REPLICA,
        MODEL,
        QUOTA_DOMAIN,
        PROVIDER;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
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
            throw new IllegalArgumentException("'" + text + "' is none of replica, model, quota_domain, provider");
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

    public boolean covers(Replica replica) {
        return switch (level) {
            case REPLICA -> replica.id().value().equals(id);
            case MODEL -> replica.model().value().equals(id);
            case QUOTA_DOMAIN ->
                replica.quotaDomains().stream()
                        .anyMatch(domain -> domain.value().equals(id));
            case PROVIDER -> replica.provider().value().equals(id);
        };
    }

    @Override
    public String toString() {
        return level.words() + " '" + id + "'";
    }
}
