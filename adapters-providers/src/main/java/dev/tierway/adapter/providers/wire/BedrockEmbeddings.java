package dev.tierway.adapter.providers.wire;

import java.util.regex.Pattern;

/**
 * How a model of Bedrock's makes embeddings, told by its id, and what it can be told. Amazon Bedrock User Guide, "Inference
 * request parameters and response fields for foundation models".
 */
public enum BedrockEmbeddings {
    /** One text a call, of a size that is asked for. */
    TITAN,
    /** The first one: one text a call, and nothing else. */
    TITAN_FIRST,
    /** Many texts, of a size that is asked for. */
    COHERE,
    /** Version 3: many texts, of one size. */
    COHERE_3,
    /** None, as far as the id says; those of application inference profiles don't say. */
    NONE;

    private static final Pattern FIRST_TITAN = Pattern.compile("titan-embed-(?:text-v1|g1).*");

    /** @param modelId an id, an inference profile or an ARN that holds one */
    public static BedrockEmbeddings of(String modelId) {
        int titan = modelId.indexOf("titan-embed-");
        if (titan >= 0) {
            String name = modelId.substring(titan);
            if (FIRST_TITAN.matcher(name).matches()) {
                return TITAN_FIRST;
            }
            return name.startsWith("titan-embed-text-") ? TITAN : NONE;
        }
        if (modelId.contains("cohere.embed-")) {
            return modelId.contains("-v3") ? COHERE_3 : COHERE;
        }
        return NONE;
    }

    public boolean titan() {
        return this == TITAN || this == TITAN_FIRST;
    }

    public boolean takesDimensions() {
        return this == TITAN || this == COHERE;
    }

    public boolean takesInputType() {
        return this == COHERE || this == COHERE_3;
    }
}
