package dev.tierway.bootstrap.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What LiteLLM writes before a model's name to say who serves it. */
final class LiteLlmPrefixes {
    /**
     * @param kind of the provider here
     * @param key the variable that LiteLLM takes a key from if none is written; null: none
     * @param url the variable that it takes the address from; null: none
     */
    record Service(
            ProviderKind kind,
            @Nullable String key,
            @Nullable String url) {}

    /**
     * A model's name, taken apart.
     *
     * @param prefix empty if there was none
     * @param service null if Tierway has no kind for it
     */
    record Named(String prefix, @Nullable Service service, String model) {}

    private static final Map<String, Service> ALL = all();

    private LiteLlmPrefixes() {}

    private static Map<String, Service> all() {
        Map<String, Service> all = new LinkedHashMap<>();
        for (String line : """
            openai openai OPENAI_API_KEY OPENAI_BASE_URL
            text-completion-openai openai OPENAI_API_KEY OPENAI_BASE_URL
            anthropic anthropic ANTHROPIC_API_KEY ANTHROPIC_API_BASE
            anthropic_text anthropic ANTHROPIC_API_KEY ANTHROPIC_API_BASE
            azure azure-openai AZURE_API_KEY AZURE_API_BASE
            azure_text azure-openai AZURE_API_KEY AZURE_API_BASE
            bedrock bedrock - -
            bedrock_converse bedrock - -
            vertex_ai vertex - -
            vertex_ai_beta vertex - -
            gemini gemini GEMINI_API_KEY -
            cohere cohere COHERE_API_KEY -
            cohere_chat cohere COHERE_API_KEY -
            ollama ollama - OLLAMA_API_BASE
            ollama_chat ollama - OLLAMA_API_BASE
            groq groq GROQ_API_KEY -
            mistral mistral MISTRAL_API_KEY -
            deepseek deepseek DEEPSEEK_API_KEY -
            xai xai XAI_API_KEY -
            together_ai together TOGETHERAI_API_KEY -
            fireworks_ai fireworks FIREWORKS_AI_API_KEY -
            openrouter openrouter OPENROUTER_API_KEY -
            perplexity perplexity PERPLEXITYAI_API_KEY -
            cerebras cerebras CEREBRAS_API_KEY -
            nvidia_nim nvidia-nim NVIDIA_NIM_API_KEY -
            deepinfra deepinfra DEEPINFRA_API_KEY -
            sambanova sambanova SAMBANOVA_API_KEY -
            novita novita NOVITA_API_KEY -
            huggingface huggingface HF_TOKEN -
            moonshot moonshot MOONSHOT_API_KEY -
            dashscope qwen DASHSCOPE_API_KEY -
            ai21 ai21 AI21_API_KEY -
            ai21_chat ai21 AI21_API_KEY -
            databricks databricks DATABRICKS_API_KEY DATABRICKS_API_BASE
            github github-models GITHUB_API_KEY -
            replicate replicate REPLICATE_API_KEY -
            hosted_vllm vllm - HOSTED_VLLM_API_BASE
            vllm vllm - VLLM_API_BASE
            lm_studio lm-studio - LM_STUDIO_API_BASE
            llamafile openai-compatible - LLAMAFILE_API_BASE
            openai_like openai-compatible - OPENAI_LIKE_API_BASE
            custom_openai openai-compatible - -
            litellm_proxy openai-compatible LITELLM_PROXY_API_KEY LITELLM_PROXY_API_BASE
            xinference openai-compatible - XINFERENCE_API_BASE
            """.lines().toList()) {
            String[] cells = line.strip().split(" ");
            all.put(cells[0], new Service(kind(cells[1]), said(cells[2]), said(cells[3])));
        }
        return all;
    }

    private static ProviderKind kind(String id) {
        for (ProviderKind kind : ProviderKind.values()) {
            if (kind.id().equals(id)) {
                return kind;
            }
        }
        throw new IllegalStateException("no kind " + id);
    }

    private static @Nullable String said(String cell) {
        return cell.equals("-") ? null : cell;
    }

    /** @param custom LiteLLM's {@code custom_llm_provider}, which stands for a prefix; null: none */
    static Named of(String model, @Nullable String custom) {
        int slash = model.indexOf('/');
        String first = slash < 0 ? "" : model.substring(0, slash);
        if (custom != null) {
            return new Named(custom, ALL.get(custom), first.equals(custom) ? model.substring(slash + 1) : model);
        }
        if (ALL.containsKey(first)) {
            return new Named(first, ALL.get(first), model.substring(slash + 1));
        }
        String guessed = slash < 0 ? vendorOf(model) : first;
        return new Named(guessed, ALL.get(guessed), slash < 0 ? model : model.substring(slash + 1));
    }

    /** Names without a prefix are looked up by LiteLLM in a list of its own; these beginnings are whose they look. */
    private static String vendorOf(String model) {
        if (model.matches("(gpt-|chatgpt-|o[0-9]|text-embedding-|ft:gpt-).*")) {
            return "openai";
        }
        if (model.startsWith("claude-")) {
            return "anthropic";
        }
        if (model.startsWith("gemini-")) {
            return "vertex_ai";
        }
        return model.startsWith("command-") ? "cohere" : "";
    }

    /** Whether its chats are said in OpenAI's words. */
    static boolean speaksOpenAi(ProviderKind kind) {
        return kind.preset() != null
                || kind == ProviderKind.OPENAI
                || kind == ProviderKind.OPENAI_COMPATIBLE
                || kind == ProviderKind.AZURE_OPENAI;
    }
}
