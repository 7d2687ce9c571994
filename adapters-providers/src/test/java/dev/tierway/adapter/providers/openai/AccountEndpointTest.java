package dev.tierway.adapter.providers.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.providers.limits.Vendor;
import dev.tierway.application.port.out.AccountAnswer;
import dev.tierway.application.port.out.AccountBalance;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountEndpointTest {
    private static AccountAnswer read(AccountEndpoint endpoint, String body) {
        return endpoint.read(body.getBytes(StandardCharsets.UTF_8), false);
    }

    private static AccountAnswer.Told told(Boolean usable, AccountBalance... balances) {
        return new AccountAnswer.Told(usable, List.of(balances));
    }

    private static BigDecimal money(String amount) {
        return new BigDecimal(amount);
    }

    @Test
    void openrouter_tells_cap_rest_and_usage_of_the_key() {
        assertThat(read(
                        AccountEndpoint.OPENROUTER,
                        "{\"data\":{\"label\":\"sk-or-v1-116...0ce\",\"limit\":5,\"usage\":0.1015644762,"
                                + "\"limit_remaining\":4.8984355238,\"is_free_tier\":false}}"))
                .isEqualTo(told(
                        null, new AccountBalance("USD", money("5"), money("4.8984355238"), money("0.1015644762"))));
    }

    @Test
    void a_key_without_a_cap_has_an_unknown_rest_and_not_none() {
        assertThat(read(
                        AccountEndpoint.OPENROUTER,
                        "{\"data\":{\"limit\":null,\"usage\":0.65,\"limit_remaining\":null}}"))
                .isEqualTo(told(null, new AccountBalance("USD", null, null, money("0.65"))));
    }

    @Test
    void deepseek_tells_a_balance_per_currency() {
        assertThat(read(
                        AccountEndpoint.DEEPSEEK,
                        "{\"is_available\":true,\"balance_infos\":[{\"currency\":\"CNY\",\"total_balance\":\"110.00\","
                                + "\"granted_balance\":\"10.00\",\"topped_up_balance\":\"100.00\"},"
                                + "{\"currency\":\"USD\",\"total_balance\":\"-0.5\"}]}"))
                .isEqualTo(told(
                        true,
                        new AccountBalance("CNY", null, money("110.00"), null),
                        new AccountBalance("USD", null, money("-0.5"), null)));
    }

    @Test
    void moonshot_tells_one_balance_in_the_currency_of_its_host() {
        String body = "{\"code\":0,\"data\":{\"available_balance\":49.58894,\"cash_balance\":3.00001}}";
        assertThat(read(AccountEndpoint.MOONSHOT, body))
                .isEqualTo(told(true, new AccountBalance("USD", null, money("49.58894"), null)));
        assertThat(AccountEndpoint.MOONSHOT.read(body.getBytes(StandardCharsets.UTF_8), true))
                .isEqualTo(told(true, new AccountBalance("CNY", null, money("49.58894"), null)));
        assertThat(read(AccountEndpoint.MOONSHOT, "{\"data\":{\"available_balance\":0}}"))
                .isEqualTo(told(false, new AccountBalance("USD", null, money("0"), null)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "<html>",
                "{\"data\":{}}",
                "{\"data\":{\"limit\":\"lots\",\"usage\":true,\"limit_remaining\":[1]}}",
                "{\"data\":{\"available_balance\":1e400,\"usage\":1e400}}",
                "{\"data\":{\"available_balance\":1e-400,\"usage\":1e-400}}",
                "{\"balance_infos\":[{\"currency\":\"<b>\",\"total_balance\":\"1\"}]}",
                "{\"balance_infos\":[{\"currency\":\"USD\",\"total_balance\":\"much\"}]}",
            })
    void an_answer_that_makes_no_sense_tells_nothing(String body) {
        for (AccountEndpoint endpoint : AccountEndpoint.values()) {
            assertThat(read(endpoint, body)).isEqualTo(AccountEndpoint.NOT_UNDERSTOOD);
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void who_tells_balances_has_an_endpoint_and_nobody_else(Vendor vendor) {
        assertThat(AccountEndpoint.of(vendor).isPresent()).isEqualTo(vendor.tellsBalances());
    }
}
