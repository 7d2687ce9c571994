package dev.tierway.adapter.persistence.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class HmacSecretHashTest {
    private static final String ONE = "0123456789abcdef0123456789abcdef";
    private static final String OTHER = "fedcba9876543210fedcba9876543210";

    private final HmacSecretHash hash = new HmacSecretHash(ONE, null);

    @Test
    void it_is_hmac_sha_256_by_the_book() {
        // As `openssl dgst -sha256 -hmac` has it.
        assertThat(hash.of("sk-tw-secret").text())
                .isEqualTo("56e3189c0c9a89015083055c2548bef5db7a3e8c4c6a2dc2d06a917695db52a0");
    }

    @Test
    void the_same_secret_under_another_pepper_is_another_digest() {
        HmacSecretHash rotated = new HmacSecretHash(OTHER, ONE);

        assertThat(rotated.of("secret")).isNotEqualTo(hash.of("secret"));
        assertThat(rotated.before("secret")).isEqualTo(hash.of("secret"));
        assertThat(hash.before("secret")).isNull();
        assertThat(rotated.peppers())
                .hasSize(2)
                .doesNotHaveDuplicates()
                .contains(hash.peppers().getFirst());
        assertThat(hash.of("secret").pepper()).isEqualTo(hash.peppers().getFirst());
    }

    @Test
    void nothing_shows_the_pepper() {
        assertThat(hash.toString()).doesNotContain(ONE);
        assertThat(List.of(hash.peppers().getFirst())).noneMatch(ONE::contains);
    }

    @Test
    void a_short_pepper_is_none() {
        assertThatThrownBy(() -> new HmacSecretHash("short", null)).hasMessageContaining("at least 32");
        assertThatThrownBy(() -> new HmacSecretHash(ONE, "short")).hasMessageContaining("at least 32");
    }
}
