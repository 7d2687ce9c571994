package dev.tierway.adapter.providers.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tierway.adapter.providers.wire.ClaudeModel;
import dev.tierway.application.chat.Reasoning;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How much a model shall think: an effort for those that decide themselves, a budget for those that don't. Nothing said
 * is Anthropic's "don't think", except for models that always do.
 */
final class Thinking {
    /** The least budget the API takes. */
    private static final long LEAST_BUDGET = 1024;

    private static final long LOW = 2048;
    private static final long MEDIUM = 8192;
    private static final long HIGH = 16_384;
    private static final long HIGHEST = 32_768;

    private Thinking() {}

    /** @param maxTokens of the whole answer, thoughts included: a budget must be less */
    static void write(ObjectNode body, Reasoning asked, ClaudeModel model, long maxTokens) {
        if (!asked.wanted()) {
            return;
        }
        if (asked.budgetTokens() != null && model.takesBudget()) {
            budget(body, asked, asked.budgetTokens(), maxTokens);
        } else if (model.adaptive()) {
            ObjectNode thinking = body.putObject("thinking").put("type", "adaptive");
            display(thinking, asked.shown());
            body.withObject("output_config").put("effort", effort(asked));
        } else {
            budget(body, asked, budgetOf(effort(asked)), maxTokens);
        }
    }

    /** An answer too short for the least budget goes without thoughts. */
    private static void budget(ObjectNode body, Reasoning asked, long wanted, long maxTokens) {
        long budget = Math.min(Math.max(wanted, LEAST_BUDGET), maxTokens - 1);
        if (budget >= LEAST_BUDGET) {
            ObjectNode thinking = body.putObject("thinking").put("type", "enabled");
            thinking.put("budget_tokens", budget);
            display(thinking, asked.shown());
        }
    }

    private static void display(ObjectNode thinking, @Nullable Boolean shown) {
        if (shown != null) {
            thinking.put("display", shown ? "summarized" : "omitted");
        }
    }

    private static String effort(Reasoning asked) {
        String word = asked.effort();
        if (word != null) {
            return word.equals("minimal") ? "low" : word.toLowerCase(Locale.ROOT);
        }
        long budget = asked.budgetTokens() == null ? MEDIUM : asked.budgetTokens();
        return budget <= LOW ? "low" : budget <= MEDIUM ? "medium" : budget <= HIGH ? "high" : "max";
    }

    private static long budgetOf(String effort) {
        return switch (effort) {
            case "low" -> LOW;
            case "high" -> HIGH;
            case "xhigh", "max" -> HIGHEST;
            default -> MEDIUM;
        };
    }
}
