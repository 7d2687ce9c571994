package dev.tierway.domain.quota;

/**
 * One limit of one owner. Stores keep usage only; the limit travels with the descriptor.
 *
 * @param owner whose usage it is, e.g. {@code domain:openai-org} or {@code key:search-team}
 */
public record Descriptor(String owner, Side side, Limit limit) {
    /** The name under which usage is kept, unique per owner, dimension and window. */
    public String key() {
        return owner + "|" + limit.dimension().id() + "|" + limit.window().toSeconds();
    }
}
