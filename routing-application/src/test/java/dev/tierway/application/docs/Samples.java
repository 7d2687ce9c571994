package dev.tierway.application.docs;

import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import dev.tierway.domain.fixture.Operators;
import dev.tierway.domain.operator.OperatorOrder;
import dev.tierway.domain.operator.Scope;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Side;
import dev.tierway.domain.routing.Refusal;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Instances of every record of a sealed hierarchy, so that a test meets one that is added later. */
public final class Samples {
    private Samples() {}

    public static <T> List<T> of(Class<T> sealed) {
        List<T> all = new ArrayList<>();
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            List<?> some = permitted.isRecord() ? records(permitted) : of(permitted);
            some.forEach(one -> all.add(sealed.cast(one)));
        }
        return all;
    }

    private static List<Object> records(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        List<List<Object>> combinations = List.of(List.of());
        for (RecordComponent component : components) {
            List<List<Object>> longer = new ArrayList<>();
            for (List<Object> before : combinations) {
                for (Object value : values(component.getType())) {
                    List<Object> next = new ArrayList<>(before);
                    next.add(value);
                    longer.add(next);
                }
            }
            combinations = longer;
        }
        return combinations.stream()
                .map(values -> create(type, components, values))
                .toList();
    }

    private static Object create(Class<?> type, RecordComponent[] components, List<Object> values) {
        try {
            Class<?>[] types =
                    Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return type.getConstructor(types).newInstance(values.toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no sample of " + type, e);
        }
    }

    /** Every value that may make a difference; null where nobody looks. */
    private static List<?> values(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.asList(type.getEnumConstants());
        }
        return switch (type.getSimpleName()) {
            case "int", "Integer" -> List.of(1);
            case "long", "Long" -> List.of(1L);
            case "double", "Double" -> List.of(1.0);
            case "boolean" -> List.of(true, false);
            case "String" -> List.of("x");
            case "List" -> List.of(List.of());
            case "UseCase" -> List.of(UseCase.CHAT);
            case "ReplicaId" -> List.of(new ReplicaId("p/m"));
            case "OperatorAction" ->
                List.of(Operators.action(1, Scope.provider("p"), new OperatorOrder.SetPhase(Phase.DRAINING)));
            case "Failure" -> failures();
            case "Refusal" -> refusals();
            case "Descriptor" -> descriptors();
            default -> Collections.singletonList(null);
        };
    }

    private static List<Failure> failures() {
        return Stream.of(FailureClass.values())
                .map(one -> Failure.of(one, Processed.UNKNOWN, "words"))
                .toList();
    }

    private static List<Refusal> refusals() {
        return Stream.of(Refusal.Reason.values())
                .map(reason -> new Refusal(reason, null))
                .toList();
    }

    private static List<Descriptor> descriptors() {
        return Stream.of(Dimension.values())
                .map(dimension -> dimension == Dimension.CONCURRENCY
                        ? Limit.concurrency(1)
                        : Limit.per(dimension, 1, Duration.ofMinutes(1)))
                .map(limit -> new Descriptor("key:x", Side.CALLER, limit))
                .toList();
    }
}
