package dev.tierway.adapter.providers;

import dev.tierway.application.port.out.WireFormat;
import dev.tierway.domain.catalogue.Construct;
import dev.tierway.domain.catalogue.Dialect;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What each kind of provider can be told; docs/reference/wire-formats.md is this table for people. */
public final class Dialects {
    private static final Dialect OPENAI = new Dialect(
            "openai",
            List.of(WireFormat.OPENAI_CHAT.id(), WireFormat.OPENAI_EMBEDDINGS.id()),
            EnumSet.of(
                    Construct.FILE_URL,
                    Construct.FAILED_TOOL_RESULT,
                    Construct.UNSIGNED_REASONING,
                    Construct.CITATIONS,
                    Construct.REASONING_BUDGET,
                    Construct.TOP_K,
                    Construct.CACHE_CONTROL,
                    Construct.INPUT_TYPE,
                    Construct.OTHER));

    private Dialects() {}

    /** @param kind of a provider; one that isn't known can be told everything */
    public static Dialect of(String kind) {
        return switch (kind) {
            case "openai", "openai-compatible" -> OPENAI;
            default -> new Dialect(kind, List.of(WireFormat.OPENAI_CHAT.id()), Set.of());
        };
    }
}
