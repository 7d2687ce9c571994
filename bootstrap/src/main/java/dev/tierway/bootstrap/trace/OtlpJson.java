package dev.tierway.bootstrap.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Spans as an {@code ExportTraceServiceRequest} in the JSON mapping of OpenTelemetry's protocol. */
final class OtlpJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private OtlpJson() {}

    static byte[] of(Collection<SpanData> spans) {
        Map<Resource, List<SpanData>> byResource = new LinkedHashMap<>();
        spans.forEach(span -> byResource
                .computeIfAbsent(span.getResource(), none -> new java.util.ArrayList<>())
                .add(span));
        ByteArrayOutputStream out = new ByteArrayOutputStream(512 * spans.size());
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart("resourceSpans");
            for (Map.Entry<Resource, List<SpanData>> entry : byResource.entrySet()) {
                json.writeStartObject();
                json.writeObjectFieldStart("resource");
                attributes(json, entry.getKey().getAttributes());
                json.writeEndObject();
                scope(json, entry.getValue());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return out.toByteArray();
    }

    /** All spans of a gateway are of one scope. */
    private static void scope(JsonGenerator json, List<SpanData> spans) throws IOException {
        json.writeArrayFieldStart("scopeSpans");
        json.writeStartObject();
        json.writeObjectFieldStart("scope");
        json.writeStringField(
                "name", spans.getFirst().getInstrumentationScopeInfo().getName());
        json.writeEndObject();
        json.writeArrayFieldStart("spans");
        for (SpanData span : spans) {
            span(json, span);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
    }

    private static void span(JsonGenerator json, SpanData span) throws IOException {
        json.writeStartObject();
        json.writeStringField("traceId", span.getTraceId());
        json.writeStringField("spanId", span.getSpanId());
        if (span.getParentSpanContext().isValid()) {
            json.writeStringField("parentSpanId", span.getParentSpanId());
        }
        json.writeNumberField("flags", span.getSpanContext().getTraceFlags().asByte());
        json.writeStringField("name", span.getName());
        json.writeNumberField("kind", span.getKind().ordinal() + 1);
        json.writeStringField("startTimeUnixNano", Long.toString(span.getStartEpochNanos()));
        json.writeStringField("endTimeUnixNano", Long.toString(span.getEndEpochNanos()));
        attributes(json, span.getAttributes());
        json.writeObjectFieldStart("status");
        StatusData status = span.getStatus();
        json.writeNumberField("code", status.getStatusCode().ordinal());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void attributes(JsonGenerator json, Attributes attributes) throws IOException {
        json.writeArrayFieldStart("attributes");
        for (Map.Entry<AttributeKey<?>, Object> entry : attributes.asMap().entrySet()) {
            json.writeStartObject();
            json.writeStringField("key", entry.getKey().getKey());
            json.writeObjectFieldStart("value");
            switch (entry.getValue()) {
                case Long number -> json.writeStringField("intValue", number.toString());
                case Double number -> json.writeNumberField("doubleValue", number);
                case Boolean flag -> json.writeBooleanField("boolValue", flag);
                case Object other -> json.writeStringField("stringValue", other.toString());
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
