package dev.tierway.bootstrap.cli;

import dev.tierway.bootstrap.cli.remote.Urls;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** Reads a gateway's address. */
final class UrlConverter implements ITypeConverter<URI> {
    @Override
    public URI convert(String value) {
        try {
            return Urls.base(value);
        } catch (IllegalArgumentException malformed) {
            throw new TypeConversionException(malformed.getMessage());
        }
    }

    /** @throws ParameterException if the variable holds none */
    static URI ofVariable(String variable, String value, @Nullable CommandSpec command) {
        try {
            return Urls.base(value);
        } catch (IllegalArgumentException malformed) {
            throw Misuse.of(command, variable + ": " + malformed.getMessage());
        }
    }
}
