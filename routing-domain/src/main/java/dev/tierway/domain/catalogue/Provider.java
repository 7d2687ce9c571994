package dev.tierway.domain.catalogue;

/**
 * An account at a vendor or a local server. Where and with which credential it is reached is the transport's
 * business; routing needs only what stands here.
 *
 * @param kind the wire dialect or preset, e.g. {@code openai-compatible}
 * @param local runs on hardware of the operator: free unless priced, preferred by the local bonus
 * @param passthrough serves models that are not listed, as {@code provider/NAME}
 * @param dialect what can be said to it
 * @param byModel the same for each of its models
 * @param reach tells whether another configuration's provider of that id is the same one
 */
public record Provider(
        ProviderId id,
        String kind,
        boolean local,
        boolean passthrough,
        String displayName,
        Dialect dialect,
        ModelDialects byModel,
        Reach reach) {
    /** One whose models differ in nothing, and that is reached as it is in every configuration. */
    public Provider(
            ProviderId id, String kind, boolean local, boolean passthrough, String displayName, Dialect dialect) {
        this(id, kind, local, passthrough, displayName, dialect, ModelDialects.same(dialect), Reach.SAME);
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
        this(id, kind, local, passthrough, displayName, dialect, ModelDialects.same(dialect), reach);
    }

    /** One to whom everything can be said. */
    public Provider(ProviderId id, String kind, boolean local, boolean passthrough, String displayName) {
        this(id, kind, local, passthrough, displayName, Dialect.complete(kind));
    }

    /** What can be said to one of its models. */
    public Dialect dialect(String upstreamModel) {
        return byModel.of(upstreamModel);
    }
}
