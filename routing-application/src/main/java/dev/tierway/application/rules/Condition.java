package dev.tierway.application.rules;

import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.UseCase;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One thing that must hold of a call for a rule to apply. Of several values one is enough, unless it says "all". */
public sealed interface Condition {
    /** @param name in lower case */
    record Header(String name, List<NamePattern> values) implements Condition {
        public Header {
            values = List.copyOf(values);
        }
    }

    /** What the caller sent as {@code model} (a tier written out: {@code tier:mid/chat}), or the route it came to. */
    record Address(List<NamePattern> addresses) implements Condition {
        public Address {
            addresses = List.copyOf(addresses);
        }
    }

    /** Every candidate is of one of these tiers. */
    record Tier(List<ModelTier> tiers) implements Condition {
        public Tier {
            tiers = List.copyOf(tiers);
        }
    }

    /** The use case that was asked for; never holds for calls of a model. */
    record ForUseCase(List<UseCase> useCases) implements Condition {
        public ForUseCase {
            useCases = List.copyOf(useCases);
        }
    }

    /** A name the call carries. Never holds for a call without it. */
    record Named(Carries what, List<NamePattern> names) implements Condition {
        public Named {
            names = List.copyOf(names);
        }
    }

    /** Whose name. */
    enum Carries {
        KEY,
        USER,
        SESSION,
        AGENT,
        WORKFLOW
    }

    /** All of these accounting tags have these values. */
    record Tags(Map<String, NamePattern> tags) implements Condition {
        public Tags {
            tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        }
    }

    record Stream(boolean stream) implements Condition {}

    /** The request needs all of these capabilities. */
    record Needs(List<Capability> capabilities) implements Condition {
        public Needs {
            capabilities = List.copyOf(capabilities);
        }
    }

    /**
     * Estimated input tokens.
     *
     * @param min that many or more; null: any
     * @param max that many or fewer; null: any
     */
    record InputTokens(@Nullable Long min, @Nullable Long max) implements Condition {}

    /**
     * A part of the day.
     *
     * @param from that time or later
     * @param to earlier than that; not after {@code from}: of the next day
     * @param days on which the part begins; empty: every day
     */
    record Hours(LocalTime from, LocalTime to, List<DayOfWeek> days, ZoneId zone) implements Condition {
        public Hours {
            days = List.copyOf(days);
        }
    }

    /**
     * The messages' text: one of {@code anyOf} and all of {@code allOf} occur in it, exactly as written, and one of the
     * patterns. Empty: any text.
     */
    record Content(List<String> anyOf, List<String> allOf, List<TextPattern> matches) implements Condition {
        public Content {
            anyOf = List.copyOf(anyOf);
            allOf = List.copyOf(allOf);
            matches = List.copyOf(matches);
        }
    }
}
