package dev.tierway.adapter.providers.openai;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.adapter.providers.limits.Vendor;
import dev.tierway.application.port.out.AccountAnswer;
import dev.tierway.application.port.out.AccountBalance;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where vendors tell a key what it has left, and how to read it. Sources are in docs/reference/vendor-limits.md. OpenAI,
 * Anthropic and others tell it to administrators' keys only, which a gateway should not hold.
 */
enum AccountEndpoint {
    /** {@code {"data":{"limit":5,"limit_remaining":4.9,"usage":0.1}}}, in dollars; no limit is null. */
    OPENROUTER("key") {
        @Override
        AccountAnswer read(JsonNode root, boolean china) {
            JsonNode key = root.path("data");
            AccountBalance balance = new AccountBalance(
                    USD, money(key.path("limit")), money(key.path("limit_remaining")), money(key.path("usage")));
            boolean told = balance.limit() != null || balance.remaining() != null || balance.used() != null;
            return told ? new AccountAnswer.Told(null, List.of(balance)) : NOT_UNDERSTOOD;
        }
    },
    /** {@code {"is_available":true,"balance_infos":[{"currency":"CNY","total_balance":"110.00"}]}}. */
    DEEPSEEK("/user/balance") {
        @Override
        AccountAnswer read(JsonNode root, boolean china) {
            List<AccountBalance> balances = new ArrayList<>();
            for (JsonNode one : root.path("balance_infos")) {
                BigDecimal left = money(one.path("total_balance"));
                String currency = one.path("currency").asText("");
                if (left != null && CURRENCY.matcher(currency).matches()) {
                    balances.add(new AccountBalance(currency, null, left, null));
                }
            }
            JsonNode available = root.path("is_available");
            return balances.isEmpty() && !available.isBoolean()
                    ? NOT_UNDERSTOOD
                    : new AccountAnswer.Told(available.isBoolean() ? available.booleanValue() : null, balances);
        }
    },
    /** {@code {"data":{"available_balance":49.58894}}}, in dollars or, at its Chinese host, in yuan. */
    MOONSHOT("users/me/balance") {
        @Override
        AccountAnswer read(JsonNode root, boolean china) {
            BigDecimal left = money(root.path("data").path("available_balance"));
            return left == null
                    ? NOT_UNDERSTOOD
                    : new AccountAnswer.Told(
                            left.signum() > 0, List.of(new AccountBalance(china ? "CNY" : USD, null, left, null)));
        }
    };

    private static final String USD = "USD";
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Pattern AMOUNT = Pattern.compile("-?\\d{1,15}(\\.\\d{1,18})?");
    private static final int MOST_SCALE = 18;
    private static final BigDecimal MOST = BigDecimal.TEN.pow(15);
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    static final AccountAnswer NOT_UNDERSTOOD =
            new AccountAnswer.Failed("the vendor's answer says nothing of a balance that Tierway understands");

    private final String path;

    AccountEndpoint(String path) {
        this.path = path;
    }

    /** What to get: under the base URL, or from the server's root if it begins with a slash. */
    String path() {
        return path;
    }

    /** Empty if that vendor tells a key nothing. */
    static Optional<AccountEndpoint> of(Vendor vendor) {
        return switch (vendor) {
            case OPENROUTER -> Optional.of(OPENROUTER);
            case DEEPSEEK -> Optional.of(DEEPSEEK);
            case MOONSHOT -> Optional.of(MOONSHOT);
            case OPENAI, AZURE_OPENAI, ANTHROPIC, GEMINI, GROQ, MISTRAL, CEREBRAS, OTHER -> Optional.empty();
        };
    }

    /** @param china whether it is the vendor's Chinese host */
    AccountAnswer read(byte[] body, boolean china) {
        try {
            JsonNode root = JSON.readTree(body);
            return root == null ? NOT_UNDERSTOOD : read(root, china);
        } catch (IOException notJson) {
            return NOT_UNDERSTOOD;
        }
    }

    abstract AccountAnswer read(JsonNode root, boolean china);

    /** A number or a text of one; null if it is none, or larger than any balance. */
    static @Nullable BigDecimal money(JsonNode node) {
        if (node.isTextual() && AMOUNT.matcher(node.textValue()).matches()) {
            return new BigDecimal(node.textValue());
        }
        if (!node.isNumber()) {
            return null;
        }
        BigDecimal amount = node.decimalValue();
        return amount.scale() > MOST_SCALE
                        || amount.precision() - amount.scale() > 16
                        || amount.abs().compareTo(MOST) > 0
                ? null
                : amount;
    }
}
