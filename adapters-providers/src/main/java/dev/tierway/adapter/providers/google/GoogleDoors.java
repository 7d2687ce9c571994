package dev.tierway.adapter.providers.google;

import dev.tierway.adapter.providers.GoogleSettings;
import dev.tierway.adapter.providers.ProviderSettings;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where Gemini answers: at the Generative Language API, or in a location of Vertex AI. */
final class GoogleDoors {
    static final URI GEMINI_BASE_URL = URI.create("https://generativelanguage.googleapis.com/v1beta");

    private static final Pattern STEP = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@:-]*");

    private GoogleDoors() {}

    /** @return with the version */
    static URI baseUrl(ProviderSettings settings) {
        URI given = settings.baseUrl();
        GoogleSettings cloud = settings.google();
        if (given != null) {
            return given;
        }
        return cloud == null ? GEMINI_BASE_URL : vertex(cloud.location());
    }

    /** The locations {@code us} and {@code eu} span several regions and are reached under another domain. */
    private static URI vertex(String location) {
        String host = switch (location) {
            case GoogleSettings.ANYWHERE -> "aiplatform.googleapis.com";
            case "us", "eu" -> "aiplatform." + location + ".rep.googleapis.com";
            default -> location + "-aiplatform.googleapis.com";
        };
        return URI.create("https://" + host + "/v1");
    }

    /**
     * A model's path under the base URL.
     *
     * @param cloud null at the Generative Language API
     * @param model a name, or the path that Google gives it ({@code tunedModels/…}, {@code endpoints/…}, {@code
     *     publishers/…})
     * @throws IllegalArgumentException if it can't be a model of Gemini's
     */
    static String model(@Nullable GoogleSettings cloud, String model) {
        StringBuilder path = new StringBuilder();
        for (String step : model.split("/", -1)) {
            if (!STEP.matcher(step).matches()) {
                throw new IllegalArgumentException("'" + model + "' can't be the name of a model at Google");
            }
            path.append(path.isEmpty() ? "" : "/").append(URLEncoder.encode(step, StandardCharsets.UTF_8));
        }
        if (cloud == null) {
            return model.contains("/") ? path.toString() : "models/" + path;
        }
        if (model.startsWith("claude") || model.contains("publishers/anthropic/")) {
            throw new IllegalArgumentException("'" + model
                    + "' is Anthropic's, whose dialect Tierway doesn't speak to Vertex AI: use kind anthropic"
                    + " or bedrock");
        }
        if (model.startsWith("projects/")) {
            return path.toString();
        }
        String own = model.contains("/") ? path.toString() : "publishers/google/models/" + path;
        return "projects/" + cloud.project() + "/locations/" + cloud.location() + "/" + own;
    }
}
