package dev.tierway.application.tools;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a tool of a method. Its parameters are the tool's: each one by its name, or a single record by its components; a
 * {@link ToolContext} is handed in. What it returns the model reads: text as it is, anything else as JSON.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Tool {
    /** What it does and when to use it, for the model. */
    String value();

    /** For the model; the method's own if empty. */
    String name() default "";

    /** Most it may take; 0: what goes for all tools of the conversation. */
    long timeoutMillis() default 0;
}
