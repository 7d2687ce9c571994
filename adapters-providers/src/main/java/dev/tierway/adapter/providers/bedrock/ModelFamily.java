package dev.tierway.adapter.providers.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Whose parameters a model takes beside Converse's own: Amazon Bedrock User Guide, "Inference request parameters and response
 * fields for foundation models".
 */
enum ModelFamily {
    /** Also for ids that don't say, as those of application inference profiles. */
    ANTHROPIC,
    NOVA,
    COHERE,
    OTHER;

    static ModelFamily of(String modelId) {
        if (modelId.contains("amazon.nova")) {
            return NOVA;
        }
        if (modelId.contains("cohere.")) {
            return COHERE;
        }
        boolean names =
                modelId.matches(".*\\b(ai21|amazon|deepseek|google|meta|minimax|mistral|moonshot|nvidia|openai|qwen"
                        + "|writer|zai)\\..*");
        return names && !modelId.contains("anthropic") ? OTHER : ANTHROPIC;
    }

    void topK(ObjectNode fields, long value) {
        switch (this) {
            case NOVA -> fields.putObject("inferenceConfig").put("topK", value);
            case COHERE -> fields.put("k", value);
            case ANTHROPIC, OTHER -> fields.put("top_k", value);
        }
    }

    /** Models without such a budget refuse it, in words that the caller gets. */
    void reasoningBudget(ObjectNode fields, long tokens) {
        ObjectNode thinking = fields.putObject(this == NOVA ? "reasoningConfig" : "thinking");
        thinking.put("type", tokens == 0 ? "disabled" : "enabled");
        if (tokens > 0 && this != NOVA) {
            thinking.put("budget_tokens", tokens);
        } else if (tokens > 0) {
            thinking.put("maxReasoningEffort", tokens <= 4_096 ? "low" : tokens <= 16_384 ? "medium" : "high");
        }
    }
}
