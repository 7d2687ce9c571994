package dev.tierway.bootstrap.cli;

import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.catalogue.UseCase;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Who shall answer: a tier, a model or a replica. */
final class AddressOption {
    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec command;

    @Option(
            names = "--tier",
            paramLabel = "T",
            converter = TierConverter.class,
            description = "Any model of that tier: micro, small, mid or frontier")
    @Nullable
    ModelTier tier;

    @Option(
            names = "--use-case",
            paramLabel = "U",
            converter = UseCaseConverter.class,
            description = "What a --tier is asked for: chat, code, ...; default: chat")
    @Nullable
    UseCase useCase;

    @Option(names = "--model", paramLabel = "M", description = "That model, or what the route of that name stands for")
    @Nullable
    String model;

    @Option(names = "--replica", paramLabel = "R", description = "That replica and no other")
    @Nullable
    String replica;

    /** @throws picocli.CommandLine.ParameterException unless exactly one is named */
    Target target() {
        if (Stream.of(tier, model, replica).filter(Objects::nonNull).count() != 1) {
            throw Misuse.of(command, "Say who shall answer: one of --tier, --model, --replica");
        }
        if (useCase != null && tier == null) {
            throw Misuse.of(command, "--use-case belongs to --tier");
        }
        try {
            return tier != null
                    ? Target.tier(tier, useCase == null ? UseCase.CHAT : useCase)
                    : replica != null ? Target.replica(replica) : Target.parse(String.valueOf(model));
        } catch (IllegalArgumentException malformed) {
            throw Misuse.of(command, String.valueOf(malformed.getMessage()));
        }
    }

    static final class TierConverter implements ITypeConverter<ModelTier> {
        @Override
        public ModelTier convert(String value) {
            try {
                return ModelTier.parse(value);
            } catch (IllegalArgumentException unknown) {
                throw new TypeConversionException(unknown.getMessage());
            }
        }
    }

    static final class UseCaseConverter implements ITypeConverter<UseCase> {
        @Override
        public UseCase convert(String value) {
            try {
                return new UseCase(value);
            } catch (IllegalArgumentException malformed) {
                throw new TypeConversionException(malformed.getMessage());
            }
        }
    }
}
