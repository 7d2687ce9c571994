package dev.tierway.adapter.http;

import dev.tierway.application.port.in.ProviderFacts;
import dev.tierway.application.port.in.QueryCapabilities;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.Construct;
import dev.tierway.domain.catalogue.Dialect;
import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.Provider;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.UseCase;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** What a gateway says it can be asked. */
record FakeCapabilities(List<ProviderFacts> kinds, List<Served> served) implements QueryCapabilities {
    private static final Dialect NARROW =
            new Dialect("box", List.of("openai-chat"), EnumSet.of(Construct.SEED, Construct.CHOICES));

    static final FakeCapabilities TWO_MODELS = new FakeCapabilities(
            List.of(new ProviderFacts(
                    "box",
                    "Box",
                    true,
                    true,
                    "http://127.0.0.1:8000/v1",
                    "none",
                    null,
                    NARROW,
                    "https://docs",
                    "today")),
            List.of(
                    new Served(
                            new LogicalModel(
                                    new ModelId("gpt-x"),
                                    ModelTier.MID,
                                    List.of(UseCase.CHAT),
                                    EnumSet.of(Capability.TOOLS),
                                    8_000,
                                    null,
                                    Map.of()),
                            List.of(
                                    provider("narrow", NARROW),
                                    provider("wide", new Dialect("wide", List.of(), EnumSet.of(Construct.SEED))))),
                    new Served(
                            new LogicalModel(
                                    new ModelId("lonely"),
                                    ModelTier.MICRO,
                                    List.of(UseCase.CHAT),
                                    EnumSet.noneOf(Capability.class),
                                    null,
                                    null,
                                    Map.of()),
                            List.of())));

    private static Provider provider(String id, Dialect dialect) {
        return new Provider(new ProviderId(id), "box", false, false, id, dialect);
    }
}
