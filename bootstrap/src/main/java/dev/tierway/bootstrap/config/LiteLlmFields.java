package dev.tierway.bootstrap.config;

import dev.tierway.domain.catalogue.Capability;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Which fields of LiteLLM's price list are read, and which are known and not needed. */
final class LiteLlmFields {
    static final Map<String, Capability> CAPABILITIES = capabilities();

    private static final Set<String> READ =
            Set.of("litellm_provider", "mode", "max_input_tokens", "max_output_tokens", "supports_native_streaming");

    /** Prices of other modes and services, which Tierway doesn't ask for; hints that routing has no use for. */
    private static final Set<String> NOT_NEEDED = Set.of(
            "max_tokens",
            "source",
            "metadata",
            "comment",
            "deprecation_date",
            "rpm",
            "tpm",
            "supported_endpoints",
            "supported_modalities",
            "supported_output_modalities",
            "supported_regions",
            "supported_openai_params",
            "search_context_cost_per_query",
            "tool_use_system_prompt_tokens",
            "prompt_cache_min_tokens",
            "cache_creation_input_audio_token_cost",
            "cache_read_input_audio_token_cost",
            "max_images_per_prompt",
            "max_videos_per_prompt",
            "max_video_length",
            "max_audio_length_hours",
            "max_audio_per_prompt",
            "max_pdf_size_mb",
            "provider_specific_entry",
            "web_search_billing_unit",
            "google_maps_cost_per_query");

    private static final Pattern OTHER_SERVICE_LEVELS = Pattern.compile(
            ".*_(batches|flex|priority)(_above_[0-9]+k_tokens)?|.*_above_[0-9]+k_tokens_(flex|priority)");

    private LiteLlmFields() {}

    private static Map<String, Capability> capabilities() {
        Map<String, Capability> all = new LinkedHashMap<>();
        all.put("supports_function_calling", Capability.TOOLS);
        all.put("supports_response_schema", Capability.JSON);
        all.put("supports_vision", Capability.VISION);
        all.put("supports_audio_input", Capability.AUDIO);
        all.put("supports_audio_output", Capability.AUDIO);
        all.put("supports_reasoning", Capability.REASONING);
        return all;
    }

    static boolean isKnown(String field) {
        return READ.contains(field)
                || NOT_NEEDED.contains(field)
                || LiteLlmPrice.UNITS.containsKey(field)
                || LiteLlmPrice.isStep(field)
                || field.startsWith("supports_")
                || OTHER_SERVICE_LEVELS.matcher(field).matches();
    }
}
