package dev.tierway.adapter.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tierway.application.tools.Param;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** JSON Schema of Java types: texts, numbers, truth values, enums, lists, maps by name, records. */
final class ParameterSchema {
    private static final Set<Class<?>> WHOLE = Set.of(
            int.class,
            long.class,
            short.class,
            byte.class,
            Integer.class,
            Long.class,
            Short.class,
            Byte.class,
            BigInteger.class);
    private static final Set<Class<?>> FRACTIONS =
            Set.of(double.class, float.class, Double.class, Float.class, BigDecimal.class);

    private final Set<Class<?>> open = new HashSet<>();

    private ParameterSchema() {}

    static ObjectNode ofParameters(List<Parameter> parameters, Method method) {
        ParameterSchema schema = new ParameterSchema();
        ObjectNode object = object();
        for (Parameter parameter : parameters) {
            schema.member(object, nameOf(parameter, method), parameter, parameter.getParameterizedType());
        }
        return object;
    }

    static ObjectNode ofRecord(Class<?> type) {
        return new ParameterSchema().record(type);
    }

    /** @throws IllegalArgumentException if nobody knows it */
    static String nameOf(Parameter parameter, Method method) {
        Param says = parameter.getAnnotation(Param.class);
        if (says != null && !says.name().isEmpty()) {
            return says.name();
        }
        if (!parameter.isNamePresent()) {
            throw new IllegalArgumentException("the parameters of " + method
                    + " have no names: compile with -parameters, or name them with @Param(name = ...)");
        }
        return parameter.getName();
    }

    private static ObjectNode object() {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("type", "object");
        object.putObject("properties");
        object.put("additionalProperties", false);
        return object;
    }

    private ObjectNode record(Class<?> type) {
        if (!open.add(type)) {
            throw new IllegalArgumentException(
                    type.getName() + " holds itself: a tool's parameters must end somewhere");
        }
        ObjectNode object = object();
        for (RecordComponent component : type.getRecordComponents()) {
            member(object, component.getName(), component, component.getGenericType());
        }
        open.remove(type);
        return object;
    }

    private void member(ObjectNode object, String name, AnnotatedElement element, Type type) {
        Param says = element.getAnnotation(Param.class);
        ObjectNode schema = of(type);
        if (says != null && !says.value().isEmpty()) {
            schema.put("description", says.value());
        }
        object.withObject("/properties").set(name, schema);
        if (says == null || says.required()) {
            object.withArray("/required").add(name);
        }
    }

    private ObjectNode of(Type type) {
        Class<?> raw = raw(type);
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        if (raw.isEnum()) {
            ArrayNode values = schema.put("type", "string").putArray("enum");
            for (Object constant : raw.getEnumConstants()) {
                values.add(((Enum<?>) constant).name());
            }
            return schema;
        }
        if (raw.isRecord()) {
            return record(raw);
        }
        if (raw.isArray() || Collection.class.isAssignableFrom(raw)) {
            schema.put("type", "array");
            Type element = raw.isArray() ? raw.getComponentType() : argument(type, 0);
            if (element != null) {
                schema.set("items", of(element));
            }
            return schema;
        }
        if (Map.class.isAssignableFrom(raw)) {
            schema.put("type", "object");
            Type value = argument(type, 1);
            if (value != null) {
                schema.set("additionalProperties", of(value));
            }
            return schema;
        }
        String word = word(raw);
        return word == null ? schema : schema.put("type", word);
    }

    /** Null: anything. */
    private static @Nullable String word(Class<?> raw) {
        if (CharSequence.class.isAssignableFrom(raw)) {
            return "string";
        }
        if (WHOLE.contains(raw)) {
            return "integer";
        }
        if (FRACTIONS.contains(raw)) {
            return "number";
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return "boolean";
        }
        if (raw == Object.class || raw.getName().startsWith("com.fasterxml.jackson.databind.")) {
            return null;
        }
        throw new IllegalArgumentException("a tool can't take a " + raw.getName()
                + ": use texts, numbers, booleans, enums, lists, maps and records");
    }

    private static Class<?> raw(Type type) {
        return type instanceof ParameterizedType generic
                ? raw(generic.getRawType())
                : type instanceof Class<?> plain ? plain : Object.class;
    }

    private static @Nullable Type argument(Type type, int i) {
        return type instanceof ParameterizedType generic ? generic.getActualTypeArguments()[i] : null;
    }
}
