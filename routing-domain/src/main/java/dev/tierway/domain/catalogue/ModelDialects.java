package dev.tierway.domain.catalogue;

/** What can be said to each of a provider's models, listed or not. Compared by value, as the provider is. */
public interface ModelDialects {
    /** @param upstreamModel the vendor's name of it, maybe one a caller made up */
    Dialect of(String upstreamModel);

    /** The same to all. */
    static ModelDialects same(Dialect dialect) {
        return new Same(dialect);
    }

    /** Models that differ in nothing. */
    record Same(Dialect dialect) implements ModelDialects {
        @Override
        public Dialect of(String upstreamModel) {
            return dialect;
        }
    }
}
