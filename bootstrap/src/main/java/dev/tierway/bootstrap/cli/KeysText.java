package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.bootstrap.cli.show.TextTable;
import dev.tierway.bootstrap.cli.show.Words;
import java.util.ArrayList;
import java.util.List;

/** API keys for people. */
final class KeysText {
    private KeysText() {}

    static String list(JsonNode keys) {
        TextTable table = new TextTable(
                "KEY", "STATE", "SCOPES", "MAY USE", "FIXED", "LIMITS", "SECRETS", "EXPIRES", "LAST USED", "NOTE");
        for (JsonNode key : keys) {
            table.row(
                    Words.text(key.path("id")),
                    Words.text(key.path("state")),
                    joined(key.path("scopes")),
                    pairs(key.path("allow"), "everything"),
                    pairs(key.path("fixed"), Words.UNKNOWN),
                    pairs(key.path("limits"), Words.UNKNOWN),
                    secrets(key),
                    Words.text(key.path("expires")),
                    Words.text(key.path("last_used")),
                    Words.text(key.path("note")));
        }
        return table.isEmpty() ? "There are no API keys; `tierway keys create NAME` makes one.\n" : table.render("");
    }

    private static String joined(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> texts.add(one.asText()));
        return String.join(",", texts);
    }

    private static String pairs(JsonNode object, String none) {
        List<String> pairs = new ArrayList<>();
        object.properties().forEach(one -> {
            JsonNode value = one.getValue();
            if (value.isObject()) {
                value.properties()
                        .forEach(tag ->
                                pairs.add(tag.getKey() + "=" + tag.getValue().asText()));
            } else {
                pairs.add(one.getKey() + "=" + (value.isArray() ? joined(value) : value.asText()));
            }
        });
        return pairs.isEmpty() ? none : String.join(" ", pairs);
    }

    private static String secrets(JsonNode key) {
        if (Words.text(key.path("origin")).equals("configured")) {
            return "configured";
        }
        List<String> secrets = new ArrayList<>();
        for (JsonNode secret : key.path("secrets")) {
            String hint = Words.isUnknown(secret.path("hint"))
                    ? "brought"
                    : secret.path("hint").asText();
            secrets.add(
                    Words.isUnknown(secret.path("until"))
                            ? hint
                            : hint + " until " + secret.path("until").asText());
        }
        return secrets.isEmpty() ? Words.UNKNOWN : String.join(", ", secrets);
    }

    /** What a secret was made for, beside the secret. */
    static String made(JsonNode receipt) {
        JsonNode key = receipt.path("key");
        String id = "key '" + key.path("id").asText() + "'";
        return receipt.path("secret").isTextual()
                ? id + " has this secret, which nobody can see again: keep it safe."
                : id + " has the secret that was given.";
    }
}
