package dev.tierway.application.rules;

import dev.tierway.application.port.in.CallCommand;
import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.routing.Ask;
import dev.tierway.domain.routing.TokenEstimate;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One call as rules look at it. */
public final class RuleCase {
    private final Catalogue catalogue;
    private final Ask ask;
    private final CallCommand command;
    private final TokenEstimate tokens;
    private final long atEpochMillis;
    private final long seed;
    private final int mostTextBytes;
    private @Nullable String text;

    /**
     * @param ask after the name was resolved
     * @param seed the call's chance
     * @param mostTextBytes of UTF-8; more isn't searched
     */
    public RuleCase(
            Catalogue catalogue,
            Ask ask,
            CallCommand command,
            TokenEstimate tokens,
            long atEpochMillis,
            long seed,
            int mostTextBytes) {
        this.catalogue = catalogue;
        this.ask = ask;
        this.command = command;
        this.tokens = tokens;
        this.atEpochMillis = atEpochMillis;
        this.seed = seed;
        this.mostTextBytes = mostTextBytes;
    }

    /** Models' tiers, of every candidate. */
    Set<ModelTier> tiers() {
        Set<ModelTier> tiers = EnumSet.noneOf(ModelTier.class);
        for (Replica candidate : ask.candidates()) {
            tiers.add(catalogue.modelOf(candidate).tier());
        }
        return tiers;
    }

    Ask ask() {
        return ask;
    }

    CallCommand command() {
        return command;
    }

    TokenEstimate tokens() {
        return tokens;
    }

    long atEpochMillis() {
        return atEpochMillis;
    }

    long seed() {
        return seed;
    }

    @Nullable
    String carried(Condition.Carries what) {
        return switch (what) {
            case KEY -> command.key();
            case USER -> command.options().user();
            case SESSION -> command.options().session();
            case AGENT -> command.options().agent();
            case WORKFLOW -> command.options().workflow();
        };
    }

    /** Extracted when first asked for, once for all rules. */
    String text() {
        String known = text;
        if (known == null) {
            known = command.details().text(mostTextBytes);
            text = known;
        }
        return known;
    }
}
