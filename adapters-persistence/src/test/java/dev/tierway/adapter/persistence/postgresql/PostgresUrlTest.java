package dev.tierway.adapter.persistence.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.adapter.persistence.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresUrlTest {
    @ParameterizedTest
    @CsvSource({
        "postgresql://db/tierway, jdbc:postgresql://db/tierway",
        "postgres://db:5433/tierway, jdbc:postgresql://db:5433/tierway",
        "jdbc:postgresql://db/tierway?sslmode=verify-full, jdbc:postgresql://db/tierway?sslmode=verify-full",
        "'postgresql://one:5432,two:5432/tierway', 'jdbc:postgresql://one:5432,two:5432/tierway'"
    })
    void it_is_written_as_people_do(String text, String jdbc) {
        assertThat(PostgresUrl.parse(text).jdbc()).isEqualTo(jdbc);
    }

    @Test
    void parameters_are_not_shown() {
        assertThat(PostgresUrl.parse("postgresql://db/x?options=canary").toString())
                .isEqualTo("postgresql://db/x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://db/x",
                "db/x",
                "postgresql://db",
                "postgresql://db/",
                "postgresql:///x",
                "postgresql://a b/x",
                "postgresql://me:canary@db/x",
                "jdbc:postgresql://db/x?user=me&password=canary"
            })
    void what_is_wrong_is_said_without_repeating_it(String text) {
        assertThatThrownBy(() -> PostgresUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("canary");
    }

    @Test
    void a_missing_driver_is_named() {
        assertThatThrownBy(() -> PostgresDrivers.require(ClassLoader.getPlatformClassLoader()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("org.postgresql:postgresql")
                .hasMessageContaining("com.zaxxer:HikariCP")
                .hasMessageContaining("org.flywaydb:flyway-database-postgresql");
    }
}
