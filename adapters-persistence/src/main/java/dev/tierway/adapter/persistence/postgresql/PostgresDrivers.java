package dev.tierway.adapter.persistence.postgresql;

import dev.tierway.adapter.persistence.StoreException;
import java.util.List;

/** What the shared store needs on the class path; embedders who don't use it needn't have it. */
final class PostgresDrivers {
    static final String DRIVER = "org.postgresql.Driver";
    private static final List<String> NEEDED =
            List.of(DRIVER, "com.zaxxer.hikari.HikariDataSource", "org.flywaydb.core.Flyway");

    private PostgresDrivers() {}

    /** @throws StoreException if something is missing */
    static void require(ClassLoader classes) {
        for (String needed : NEEDED) {
            try {
                Class.forName(needed, false, classes);
            } catch (ClassNotFoundException | LinkageError missing) {
                throw new StoreException(
                        "the postgresql store needs the artifacts org.postgresql:postgresql, com.zaxxer:HikariCP and"
                                + " org.flywaydb:flyway-database-postgresql on the class path: add them, or choose"
                                + " another store in storage",
                        missing);
            }
        }
    }
}
