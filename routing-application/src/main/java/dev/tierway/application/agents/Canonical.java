package dev.tierway.application.agents;

import dev.tierway.application.json.Json;
import dev.tierway.domain.agent.Fingerprint;

/** JSON text by what it means. */
final class Canonical {
    private Canonical() {}

    /** Its one form; text that is no JSON stands for itself. */
    static String of(String json) {
        try {
            return Json.canonical(Json.read(json));
        } catch (IllegalArgumentException notJson) {
            return json;
        }
    }

    /** Of a tool's call, whatever the order of its arguments. */
    static Fingerprint call(String tool, String arguments) {
        return Fingerprint.of(tool + '\u0000' + of(arguments.isEmpty() ? "{}" : arguments));
    }
}
