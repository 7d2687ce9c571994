package dev.tierway.adapter.providers.bedrock;

import java.nio.charset.StandardCharsets;

/** Model ids, inference profiles and ARNs as one segment of a path: RFC 3986, 2.3 tells what stays as it is. */
final class ModelPath {
    private static final String UNRESERVED = "-._~";

    private ModelPath() {}

    static String of(String modelId, boolean stream) {
        return "model/" + encoded(modelId) + (stream ? "/converse-stream" : "/converse");
    }

    /** Where the model is asked in its own words. */
    static String invoke(String modelId) {
        return "model/" + encoded(modelId) + "/invoke";
    }

    private static String encoded(String segment) {
        StringBuilder out = new StringBuilder(segment.length() + 16);
        for (byte b : segment.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
                out.append(c);
            } else {
                out.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return out.toString();
    }
}
