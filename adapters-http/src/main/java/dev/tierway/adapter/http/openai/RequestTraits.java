package dev.tierway.adapter.http.openai;

import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.Construct;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a body was found to need of a model, and to say that a dialect may lack. Filled as the body is passed over. */
final class RequestTraits {
    private final Set<Capability> needs = EnumSet.noneOf(Capability.class);
    private final Set<Construct> uses = EnumSet.noneOf(Construct.class);
    private @Nullable String signatureDomain;

    void need(Capability capability) {
        needs.add(capability);
    }

    void use(Construct construct) {
        uses.add(construct);
    }

    void use(boolean used, Construct construct) {
        if (used) {
            uses.add(construct);
        }
    }

    void signedBy(String vendor) {
        signatureDomain = vendor;
    }

    Set<Capability> needs() {
        return needs;
    }

    Set<Construct> uses() {
        return uses;
    }

    @Nullable
    String signatureDomain() {
        return signatureDomain;
    }
}
