package dev.tierway.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import dev.tierway.architecture.guilty.adapter.http.HttpAdapter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule holds for what is shipped, and fails for a fixture that breaks it. */
class ArchitectureTest {
    private static final JavaClasses SHIPPED = Layers.shipped();
    private static final JavaClasses GUILTY = Layers.guilty();

    /** A rule with the fixtures it must find guilty. */
    private static Arguments rule(String name, Function<Layers, ArchRule> rule, String... guilty) {
        return Arguments.of(name, rule, List.of(guilty));
    }

    static Stream<Arguments> rules() {
        return Stream.of(
                rule("domainNeedsNothingButTheLanguage", Rules::domainNeedsNothingButTheLanguage, "ReadsFiles"),
                rule(
                        "domainHasNoClockAndNoChance",
                        Rules::domainHasNoClockAndNoChance,
                        "ReadsTheClock",
                        "ReadsTheCalendar",
                        "ThrowsDice"),
                rule("domainHasNoThreadNoOutputAndNoLog", Rules::domainHasNoThreadNoOutputAndNoLog, "StartsThreads"),
                rule("atomicsLiveInTheFleetAlone", Rules::atomicsLiveInTheFleetAlone, "CountsAtomically"),
                rule("domainUsesStrictMath", Rules::domainUsesStrictMath, "CalculatesLoosely"),
                rule("domainUsesOrderedCollections", Rules::domainUsesOrderedCollections, "ForgetsOrder"),
                rule("applicationNeedsTheDomainOnly", Rules::applicationNeedsTheDomainOnly, "SpeaksHttp"),
                rule("noServerTypeCrossesAPort", Rules::noServerTypeCrossesAPort, "CarriesAServerType"),
                rule("portsAreInterfaces", Rules::portsAreInterfaces, "DoesItself"),
                rule("adaptersNeverKnowEachOther", Rules::adaptersNeverKnowEachOther, "HttpAdapter"),
                rule("nothingPointsOutwards", Rules::nothingPointsOutwards, "PointsOutwards"),
                rule("nobodyKnowsBootstrap", Rules::nobodyKnowsBootstrap, "KnowsBootstrap"),
                rule("simulationKnowsTheDomainOnly", Rules::simulationKnowsTheDomainOnly, "SimulatesForReal"),
                rule("guiceIsForBootstrapAlone", Rules::guiceIsForBootstrapAlone, "InjectsItself"),
                rule("domainPackagesHaveNoCycles", Rules::domainPackagesHaveNoCycles, "GoesRound", "AndBack"),
                rule("applicationPackagesHaveNoCycles", Rules::applicationPackagesHaveNoCycles, "Chicken", "Egg"),
                rule("namesSayWhatThingsAre", Rules::namesSayWhatThingsAre, "StringUtil", "AbstractStore"),
                rule("everyPackageIsNullMarked", Rules::everyPackageIsNullMarked, "KnowsNoNull"),
                rule("nobodyButTheCommandLinePrints", Rules::nobodyButTheCommandLinePrints, "Prints"),
                rule("finalUnlessMadeForMore", Rules::finalUnlessMadeForMore, "SpeaksHttp"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void holds_for_what_is_shipped(String name, Function<Layers, ArchRule> rule, List<String> guilty) {
        rule.apply(Layers.REAL).check(SHIPPED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void fails_for_what_is_guilty(String name, Function<Layers, ArchRule> rule, List<String> guilty) {
        String report =
                rule.apply(Layers.GUILTY).evaluate(GUILTY).getFailureReport().toString();

        assertThat(report).contains(guilty);
    }

    @Test
    void every_rule_is_listed_with_its_proof() {
        assertThat(rules().map(one -> String.valueOf(one.get()[0]))).containsExactlyInAnyOrderElementsOf(Rules.names());
    }

    @ParameterizedTest
    @CsvSource({
        "domain, 100",
        "application, 100",
        "adapter.http, 50",
        "adapter.persistence, 30",
        "adapter.providers, 40",
        "simulation, 40",
        "bootstrap, 60"
    })
    void no_rule_passes_on_nothing(String module, int least) {
        long found = SHIPPED.stream()
                .filter(type -> type.getPackageName().startsWith("dev.tierway." + module))
                .filter(JavaClass::isTopLevelClass)
                .count();

        assertThat(found).isGreaterThanOrEqualTo(least);
    }

    @Test
    void no_test_is_taken_for_something_shipped() {
        Map<String, String> sources = new LinkedHashMap<>();
        SHIPPED.forEach(type -> sources.put(
                type.getName(),
                type.getSource().map(one -> one.getUri().toString()).orElse("")));

        assertThat(sources).doesNotContainKeys(ArchitectureTest.class.getName(), HttpAdapter.class.getName());
        assertThat(sources.values()).noneMatch(uri -> uri.contains("test-classes") || uri.contains("-tests.jar"));
        assertThat(sources).doesNotContainKey("dev.tierway.domain.fixture.Fleet");
    }
}
