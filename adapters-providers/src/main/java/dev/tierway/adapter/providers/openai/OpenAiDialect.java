package dev.tierway.adapter.providers.openai;

import dev.tierway.adapter.providers.Preset;
import dev.tierway.adapter.providers.Presets;
import dev.tierway.domain.catalogue.Construct;
import java.util.Set;

/**
 * Where OpenAI and its imitators differ.
 *
 * @param outputCap the name of the parameter that caps the output
 * @param developerRole whether messages of role {@code developer} are known; else they go as {@code system}
 * @param lacks what is left out of requests, besides what no chat completion can hold
 */
record OpenAiDialect(String outputCap, boolean developerRole, Set<Construct> lacks) {
    static final OpenAiDialect OPENAI = new OpenAiDialect("max_completion_tokens", true, Set.of());
    static final OpenAiDialect COMPATIBLE = new OpenAiDialect("max_tokens", false, Set.of());

    static OpenAiDialect of(String kind) {
        Preset preset = Presets.find(kind);
        if (preset != null) {
            return new OpenAiDialect(preset.outputCap(), preset.developerRole(), preset.lacks());
        }
        return kind.equals(OpenAiTransportFactory.OPENAI) ? OPENAI : COMPATIBLE;
    }
}
