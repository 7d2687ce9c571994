package dev.tierway.bootstrap.cli.conformance;

import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.Construct;
import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.Provider;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.UseCase;

/** The replica that is looked at, and what it claims. */
record Subject(Replica replica, LogicalModel model, Provider provider) {
    /** Enough for every answer that is asked for. */
    private static final long SMALL = 128;
    /** Thoughts count as output, and come first. */
    private static final long WITH_THOUGHTS = 1024;

    static Subject of(Catalogue catalogue, Replica replica) {
        return new Subject(replica, catalogue.modelOf(replica), catalogue.providerOf(replica));
    }

    String id() {
        return replica.id().value();
    }

    boolean can(Capability capability) {
        return model.capabilities().contains(capability);
    }

    /** A model that only embeds can't be talked to. */
    boolean chats() {
        return model.useCases().stream().anyMatch(useCase -> !useCase.equals(UseCase.EMBED));
    }

    boolean lacks(Construct construct) {
        return provider.dialect().lacks().contains(construct);
    }

    /** Most tokens of an answer: few, for they may be billed. */
    long cap() {
        Integer most = model.maxOutputTokens();
        long wanted = can(Capability.REASONING) ? WITH_THOUGHTS : SMALL;
        return most == null ? wanted : Math.min(most, wanted);
    }
}
