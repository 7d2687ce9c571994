package dev.tierway.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/** docs/architecture.md as rules, for any root package. */
final class Rules {
    private Rules() {}

    static ArchRule domainNeedsNothingButTheLanguage(Layers at) {
        return classes()
                .that()
                .resideInAPackage(at.domain())
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        at.domain(),
                        "java.lang..",
                        "java.math..",
                        "java.time..",
                        "java.util",
                        "java.util.function..",
                        "java.util.stream..",
                        "java.util.concurrent.atomic..",
                        "org.jspecify..");
    }

    static ArchRule domainHasNoClockAndNoChance(Layers at) {
        return noClasses()
                .that()
                .resideInAPackage(at.domain())
                .should()
                .callMethodWhere(named(System.class, "nanoTime|currentTimeMillis"))
                .orShould()
                .callMethodWhere(target(nameMatching("now")).and(target(owner(resideInAPackage("java.time..")))))
                .orShould()
                .callMethodWhere(named(Math.class, "random"))
                .orShould()
                .callMethodWhere(named(java.util.UUID.class, "randomUUID"))
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.time.Clock.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.util.Random.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocalRandom.class);
    }

    static ArchRule domainHasNoThreadNoOutputAndNoLog(Layers at) {
        return noClasses()
                .that()
                .resideInAPackage(at.domain())
                .should()
                .dependOnClassesThat(assignableTo(Thread.class)
                        .or(assignableTo(Process.class))
                        .or(assignableTo(Runtime.class))
                        .or(assignableTo(System.Logger.class))
                        .or(assignableTo(ThreadLocal.class)))
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err");
    }

    static ArchRule atomicsLiveInTheFleetAlone(Layers at) {
        return noClasses()
                .that()
                .resideInAPackage(at.domain())
                .and()
                .resideOutsideOfPackage(at.root() + ".domain.fleet..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.concurrent..");
    }

    /** The same bits on every platform. */
    static ArchRule domainUsesStrictMath(Layers at) {
        return noClasses()
                .that()
                .resideInAPackage(at.domain())
                .should()
                .callMethodWhere(named(
                        Math.class, "exp|expm1|log|log10|log1p|pow|cbrt|hypot|sin|cos|tan|a?(sin|cos|tan)h?|atan2"));
    }

    /** Iteration over these differs from run to run, or from one Java to the next. */
    static ArchRule domainUsesOrderedCollections(Layers at) {
        return noClasses()
                .that()
                .resideInAPackage(at.domain())
                .should()
                .callMethodWhere(named(Set.class, "of|copyOf"))
                .orShould()
                .callMethodWhere(named(Map.class, "of|ofEntries|copyOf"))
                .orShould()
                .callMethodWhere(named(Collectors.class, "toSet|toMap|toUnmodifiableSet|toUnmodifiableMap|groupingBy"))
                .orShould()
                .callConstructorWhere(target(owner(DescribedPredicate.describe(
                        "is java.util.HashSet", type -> type.isEquivalentTo(java.util.HashSet.class)))))
                .orShould()
                .callMethodWhere(target(nameMatching("parallel|parallelStream")));
    }

    static ArchRule applicationNeedsTheDomainOnly(Layers at) {
        return classes()
                .that()
                .resideInAPackage(at.application())
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        at.application(),
                        at.domain(),
                        "java.lang..",
                        "java.math..",
                        "java.time..",
                        "java.util..",
                        "java.io",
                        // Buffers and digests compute, and reach nothing.
                        "java.nio",
                        "java.nio.charset..",
                        "java.security",
                        "org.jspecify..");
    }

    static ArchRule noServerTypeCrossesAPort(Layers at) {
        return noClasses()
                .that()
                .resideInAPackage(at.ports())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "io.netty..", "com.fasterxml..", "java.net..", "java.sql..");
    }

    /** Beside the values that pass through them, ports are interfaces. */
    static ArchRule portsAreInterfaces(Layers at) {
        return classes()
                .that()
                .resideInAPackage(at.ports())
                .and()
                .areTopLevelClasses()
                .and()
                .areNotRecords()
                .and()
                .areNotEnums()
                .and()
                .doNotHaveSimpleName("package-info")
                .should()
                .beInterfaces();
    }

    static ArchRule adaptersNeverKnowEachOther(Layers at) {
        return slices().matching(at.root() + ".adapter.(*)..").should().notDependOnEachOther();
    }

    static ArchRule nothingPointsOutwards(Layers at) {
        return noClasses()
                .that()
                .resideInAnyPackage(at.domain(), at.application())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(at.adapters(), at.simulation(), at.bootstrap());
    }

    static ArchRule nobodyKnowsBootstrap(Layers at) {
        return noClasses()
                .that()
                .resideInAnyPackage(at.domain(), at.application(), at.adapters(), at.simulation())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(at.bootstrap(), at.root());
    }

    static ArchRule simulationKnowsTheDomainOnly(Layers at) {
        return noClasses()
                .that()
                .resideInAPackage(at.simulation())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(at.adapters());
    }

    static ArchRule guiceIsForBootstrapAlone(Layers at) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(at.bootstrap())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.google.inject..", "jakarta.inject..", "javax.inject..");
    }

    static ArchRule domainPackagesHaveNoCycles(Layers at) {
        return slices().matching(at.root() + ".domain.(**)").should().beFreeOfCycles();
    }

    static ArchRule applicationPackagesHaveNoCycles(Layers at) {
        return slices().matching(at.root() + ".application.(**)").should().beFreeOfCycles();
    }

    static ArchRule namesSayWhatThingsAre(Layers at) {
        return noClasses()
                .that()
                .resideInAPackage(at.root() + "..")
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Base")
                .orShould()
                .haveNameMatching(".*\\.Abstract[A-Z][A-Za-z]*");
    }

    static ArchRule everyPackageIsNullMarked(Layers at) {
        return classes().that().resideInAPackage(at.root() + "..").should(liveInANullMarkedPackage());
    }

    /** Standard output belongs to the command line. */
    static ArchRule nobodyButTheCommandLinePrints(Layers at) {
        return noClasses()
                .that()
                .resideInAnyPackage(at.application(), at.adapters(), at.simulation())
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethodWhere(
                        target(nameMatching("printStackTrace")).and(target(owner(assignableTo(Throwable.class)))));
    }

    static ArchRule finalUnlessMadeForMore(Layers at) {
        return classes()
                .that()
                .resideInAnyPackage(at.domain(), at.application())
                .and()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .and()
                .doNotHaveModifier(JavaModifier.ABSTRACT)
                .and()
                .areNotAnonymousClasses()
                .should()
                .haveModifier(JavaModifier.FINAL);
    }

    private static DescribedPredicate<JavaCall<?>> named(Class<?> type, String methods) {
        return DescribedPredicate.describe(
                type.getSimpleName() + "." + methods,
                call -> call.getTargetOwner().isEquivalentTo(type)
                        && call.getTarget().getName().matches(methods));
    }

    private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
        return new ArchCondition<>("live in a package with @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(
                        type, marked, type.getName() + " lives in a package without @NullMarked"));
            }
        };
    }

    /** Names of all rules, so that a test can tell that none is without its proof. */
    static Collection<String> names() {
        return Arrays.stream(Rules.class.getDeclaredMethods())
                .filter(method -> method.getReturnType() == ArchRule.class)
                .map(java.lang.reflect.Method::getName)
                .collect(Collectors.toCollection(java.util.TreeSet::new));
    }
}
