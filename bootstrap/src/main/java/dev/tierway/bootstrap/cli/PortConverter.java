package dev.tierway.bootstrap.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a port, 0 to 65535. */
final class PortConverter implements ITypeConverter<Integer> {
    private static final int HIGHEST = 65_535;

    @Override
    public Integer convert(String value) {
        int port = number(value);
        if (port < 0 || port > HIGHEST) {
            throw new TypeConversionException("'" + value + "' is no port; ports are 0 to " + HIGHEST);
        }
        return port;
    }

    private static int number(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }
}
