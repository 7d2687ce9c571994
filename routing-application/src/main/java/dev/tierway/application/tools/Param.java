package dev.tierway.application.tools;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says more of a tool's parameter, or of a record's component. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
public @interface Param {
    /** What it means, for the model. */
    String value() default "";

    /** For the model; the parameter's own if empty, which needs classes compiled with {@code -parameters}. */
    String name() default "";

    /** Whether the model must give it. What it leaves out is null. */
    boolean required() default true;
}
