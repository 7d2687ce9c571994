package dev.tierway.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.util.List;

/**
 * Where things live below a root package. The rules are written for any root, so that the same rule is shown to hold for
 * {@code dev.tierway} and to fail for {@link #GUILTY}, a project in miniature that breaks every one of them.
 */
record Layers(String root) {
    static final Layers REAL = new Layers("dev.tierway");
    static final Layers GUILTY = new Layers("dev.tierway.architecture.guilty");

    static final List<String> ADAPTERS = List.of("http", "persistence", "providers", "tools");

    String domain() {
        return root + ".domain..";
    }

    String application() {
        return root + ".application..";
    }

    String ports() {
        return root + ".application.port..";
    }

    String adapters() {
        return root + ".adapter..";
    }

    String adapter(String name) {
        return root + ".adapter." + name + "..";
    }

    String simulation() {
        return root + ".simulation..";
    }

    String bootstrap() {
        return root + ".bootstrap..";
    }

    /** What the distribution is made of: no test, neither of this module nor of others' test-jars. */
    static JavaClasses shipped() {
        return new ClassFileImporter().withImportOption(Layers::isShipped).importPackages(REAL.root);
    }

    static JavaClasses guilty() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
                .importPackages(GUILTY.root);
    }

    private static boolean isShipped(Location location) {
        return !location.contains("/test-classes/") && !location.contains("-tests.jar") && !location.contains("/jmh/");
    }
}
