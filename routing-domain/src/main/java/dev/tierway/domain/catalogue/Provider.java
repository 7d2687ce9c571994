package dev.tierway.domain.catalogue;

import java.util.Map;

/**
 * An account at a vendor or a local server. Where and with which credential it is reached is the transport's
 * business; routing needs only what stands here.
 *
 * @param kind the wire dialect or preset, e.g. {@code openai-compatible}
 * @param local runs on hardware of the operator: free unless priced, preferred by the local bonus
 * @param passthrough serves models that are not listed, as {@code provider/NAME}
 * @param dialect what can be said to it
 * @param byModel what can be said to some of its models, by their upstream names, where that is another
 * @param reach tells whether another configuration's provider of that id is the same one
 */
public record Provider(
        ProviderId id,
        String kind,
        boolean local,
        boolean passthrough,
        String displayName,
        Dialect dialect,
        Map<String, Dialect> byModel,
        Reach reach) {
    public Provider {
        byModel = Map.copyOf(byModel);
    }

    /** One whose models differ in nothing, and that is reached as it is in every configuration. */
    public Provider(
            ProviderId id, String kind, boolean local, boolean passthrough, String displayName, Dialect dialect) {
        this(id, kind, local, passthrough, displayName, dialect, Map.of(), Reach.SAME);
    }

    /** One whose models differ in nothing. */
    public Provider(
            ProviderId id,
            String kind,
            boolean local,
            boolean passthrough,
            String displayName,
            Dialect dialect,
            Reach reach) {
        this(id, kind, local, passthrough, displayName, dialect, Map.of(), reach);
    }

    /** One to whom everything can be said. */
    public Provider(ProviderId id, String kind, boolean local, boolean passthrough, String displayName) {
        this(id, kind, local, passthrough, displayName, Dialect.complete(kind));
    }

    /** What can be said to one of its models. */
    public Dialect dialect(String upstreamModel) {
        return byModel.getOrDefault(upstreamModel, dialect);
    }
}
