package dev.tierway.adapter.providers.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VendorTest {
    @ParameterizedTest
    @CsvSource({
        "https://api.openai.com/v1,OPENAI",
        "https://eu.api.openai.com/v1,OPENAI",
        "https://My-Resource.OpenAI.azure.com/openai/v1,AZURE_OPENAI",
        "https://api.groq.com/openai/v1,GROQ",
        "https://openrouter.ai/api/v1,OPENROUTER",
        "https://api.deepseek.com,DEEPSEEK",
        "https://notopenrouter.ai/v1,OTHER",
        "https://api.openai.com.evil.example/v1,OTHER",
        "http://localhost:8000/v1,OTHER",
        "http://[::1]:8000/v1,OTHER",
    })
    void a_vendor_is_known_by_its_host_and_the_hosts_below_it(String url, Vendor vendor) {
        assertThat(Vendor.at(URI.create(url))).isEqualTo(vendor);
    }

    @Test
    void nowhere_is_nobody_in_particular() {
        assertThat(Vendor.at(null)).isEqualTo(Vendor.OTHER);
    }
}
