package dev.tierway.bootstrap.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time as gateways read it; whether there is such a day is theirs to say. */
final class TimeConverter implements ITypeConverter<String> {
    private static final Pattern TIME = Pattern.compile("\\d{1,9}[smhd]|\\d{4}-\\d{2}-\\d{2}T\\S+");

    @Override
    public String convert(String value) {
        if (!TIME.matcher(value).matches()) {
            throw new TypeConversionException("'" + value + "' is no time like 15m or 2026-01-31T12:00:00Z");
        }
        return value;
    }
}
