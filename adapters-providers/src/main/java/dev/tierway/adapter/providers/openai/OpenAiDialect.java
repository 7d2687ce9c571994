package dev.tierway.adapter.providers.openai;

/**
 * Where OpenAI and its imitators differ.
 *
 * @param outputCap the name of the parameter that caps the output
 * @param developerRole whether messages of role {@code developer} are known; else they go as {@code system}
 */
record OpenAiDialect(String outputCap, boolean developerRole) {
    static final OpenAiDialect OPENAI = new OpenAiDialect("max_completion_tokens", true);
    static final OpenAiDialect COMPATIBLE = new OpenAiDialect("max_tokens", false);
}
