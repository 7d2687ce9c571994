package dev.tierway.domain.catalogue;

/** What a call is addressed to. */
public sealed interface Target {
    /** The address as clients write it in {@code model}. */
    String address();

    /** Tierway picks model and replica. */
    record Tier(ModelTier tier, UseCase useCase) implements Target {
        @Override
        public String address() {
            return "tier:" + tier.id() + "/" + useCase.name();
        }
    }

    /** The caller picks the model, Tierway the replica. */
    record Model(ModelId id) implements Target {
        @Override
        public String address() {
            return id.value();
        }
    }

    /** The caller picks the replica. */
    record Pinned(ReplicaId id) implements Target {
        @Override
        public String address() {
            return id.value();
        }
    }

    /** A name to be looked up: a route, else whatever else has that name. */
    record Named(String name) implements Target {
        @Override
        public String address() {
            return name;
        }
    }

    static Target tier(ModelTier tier, UseCase useCase) {
        return new Tier(tier, useCase);
    }

    static Target model(String id) {
        return new Model(new ModelId(id));
    }

    static Target replica(String id) {
        return new Pinned(new ReplicaId(id));
    }

    /**
     * Reads an address as HTTP does: {@code tier:mid/code} is a tier; every other text is a name, resolved as a whole
     * (never split at a slash) against routes, models and replicas.
     *
     * @throws IllegalArgumentException if a tier address names no known tier or a malformed use case
     */
    static Target parse(String address) {
        if (!address.startsWith("tier:")) {
            if (address.isBlank()) {
                throw new IllegalArgumentException("an address must not be empty; try tier:mid/chat");
            }
            return new Named(address);
        }
        String rest = address.substring("tier:".length());
        int slash = rest.indexOf('/');
        return slash < 0
                ? new Tier(ModelTier.parse(rest), UseCase.CHAT)
                : new Tier(ModelTier.parse(rest.substring(0, slash)), new UseCase(rest.substring(slash + 1)));
    }
}
