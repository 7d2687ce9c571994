package dev.tierway.adapter.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.ToolDefinition;
import dev.tierway.application.tools.JavaTool;
import dev.tierway.application.tools.Tool;
import dev.tierway.application.tools.ToolContext;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes tools of the methods of an object that have {@link Tool}. */
public final class AnnotatedTools {
    private static final ObjectMapper JSON = new ObjectMapper();

    private AnnotatedTools() {}

    /**
     * By name.
     *
     * @throws IllegalArgumentException saying what is wrong with which method, or that there is none
     */
    public static List<JavaTool> of(Object holder) {
        List<JavaTool> tools = new ArrayList<>();
        for (Method method : holder.getClass().getMethods()) {
            Tool says = method.getAnnotation(Tool.class);
            if (says != null) {
                tools.add(tool(holder, method, says));
            }
        }
        if (tools.isEmpty()) {
            throw new IllegalArgumentException(
                    holder.getClass().getName() + " has no public method with @Tool: nothing to offer");
        }
        tools.sort(Comparator.comparing(tool -> tool.definition().name()));
        return tools;
    }

    private static JavaTool tool(Object holder, Method method, Tool says) {
        String name = says.name().isEmpty() ? method.getName() : says.name();
        List<Parameter> given = Arrays.stream(method.getParameters())
                .filter(parameter -> parameter.getType() != ToolContext.class)
                .toList();
        boolean record = given.size() == 1 && given.getFirst().getType().isRecord();
        ObjectNode schema = record
                ? ParameterSchema.ofRecord(given.getFirst().getType())
                : ParameterSchema.ofParameters(given, method);
        method.trySetAccessible();
        ToolDefinition definition = new ToolDefinition(name, says.value(), new JsonText(schema.toString()), null);
        return new JavaTool(
                definition,
                (arguments, context) -> text(invoke(holder, method, record, arguments, context)),
                says.timeoutMillis() == 0 ? null : Duration.ofMillis(says.timeoutMillis()));
    }

    private static @Nullable Object invoke(
            Object holder, Method method, boolean record, JsonText arguments, ToolContext context) throws Exception {
        JsonNode given = JSON.readTree(arguments.json());
        Parameter[] parameters = method.getParameters();
        @Nullable Object[] values = new @Nullable Object[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            Parameter parameter = parameters[i];
            if (parameter.getType() == ToolContext.class) {
                values[i] = context;
            } else {
                JsonNode value = record ? given : given.path(ParameterSchema.nameOf(parameter, method));
                values[i] = bound(value, parameter);
            }
        }
        try {
            return method.invoke(holder, values);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() instanceof Exception cause ? cause : thrown;
        }
    }

    private static @Nullable Object bound(JsonNode value, Parameter parameter) throws JsonProcessingException {
        if (value.isMissingNode() || value.isNull()) {
            return parameter.getType().isPrimitive()
                    ? JSON.treeToValue(
                            JSON.readTree(parameter.getType() == boolean.class ? "false" : "0"), parameter.getType())
                    : null;
        }
        return JSON.readerFor(JSON.constructType(parameter.getParameterizedType()))
                .readValue(value.toString());
    }

    private static String text(@Nullable Object result) throws JsonProcessingException {
        return switch (result) {
            case null -> "done";
            case String text -> text;
            default -> JSON.writeValueAsString(result);
        };
    }
}
