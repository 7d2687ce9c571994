package dev.tierway.adapter.providers;

import dev.tierway.application.chat.JsonText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is sent unless the request says it itself.
 *
 * @param parameters members of a chat's body, in the provider's own words; those of an object are laid under the
 *     request's, one by one
 * @param headers sent unless something else puts a header of that name; values possibly secret
 */
public record RequestDefaults(Map<String, JsonText> parameters, Map<String, Secret> headers) {
    public static final RequestDefaults NONE = new RequestDefaults(Map.of(), Map.of());

    /** @throws IllegalArgumentException for a header that can't be sent; the message doesn't repeat its value */
    public RequestDefaults {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        headers.forEach((name, value) -> HeaderRules.require(name, value.reveal()));
    }

    public boolean isEmpty() {
        return parameters.isEmpty() && headers.isEmpty();
    }

    /** These, and of the others what these don't say. */
    public RequestDefaults over(RequestDefaults general) {
        if (general.isEmpty()) {
            return this;
        }
        Map<String, JsonText> allParameters = new LinkedHashMap<>(general.parameters);
        allParameters.putAll(parameters);
        Map<String, Secret> allHeaders = new LinkedHashMap<>(general.headers);
        allHeaders.putAll(headers);
        return new RequestDefaults(allParameters, allHeaders);
    }
}
