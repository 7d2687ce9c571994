package dev.tierway.application.limits;

import dev.tierway.application.access.FixedValues;
import dev.tierway.application.port.in.CallCommand;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whom a limit is for. A name limits the calls that carry it, all together; no name limits each one for itself. What callers
 * name themselves lives inside their API key's space, so a rule that names it means calls without a key, and those whose key
 * fixes it: nobody uses up another's limit by claiming its name.
 */
public sealed interface Subject {
    /** Who is counted for such a call; null if the limit isn't for it. */
    @Nullable
    Owner owner(CallCommand call);

    /** Who is counted if all it is for are counted together; null if each has a count of its own. */
    @Nullable
    Owner together();

    /** Whether it counts that one for itself. */
    boolean countsApart(Owner owner);

    /** All calls of the gateway. */
    record Everyone() implements Subject {
        @Override
        public Owner owner(CallCommand call) {
            return Owner.EVERYONE;
        }

        @Override
        public Owner together() {
            return Owner.EVERYONE;
        }

        @Override
        public boolean countsApart(Owner owner) {
            return false;
        }
    }

    /** @param id null: each key */
    record OfKey(@Nullable String id) implements Subject {
        @Override
        public @Nullable Owner owner(CallCommand call) {
            return counted(together(), id, call.key(), Owner.Kind.KEY, null, null);
        }

        @Override
        public @Nullable Owner together() {
            return all(Owner.Kind.KEY, null, id);
        }

        @Override
        public boolean countsApart(Owner owner) {
            return id == null && owner.kind() == Owner.Kind.KEY;
        }
    }

    /** What a call says of itself. */
    enum Word {
        AGENT(Owner.Kind.AGENT),
        WORKFLOW(Owner.Kind.WORKFLOW),
        USER(Owner.Kind.USER);

        private final Owner.Kind kind;

        Word(Owner.Kind kind) {
            this.kind = kind;
        }

        @Nullable
        String of(CallCommand call) {
            return switch (this) {
                case AGENT -> call.options().agent();
                case WORKFLOW -> call.options().workflow();
                case USER -> call.options().user();
            };
        }

        /** What the call's key says of it; null: nothing. */
        @Nullable
        String fixed(CallCommand call) {
            FixedValues fixed = call.caller().grant().fixed();
            return switch (this) {
                case AGENT -> fixed.agent();
                case WORKFLOW -> fixed.workflow();
                case USER -> fixed.user();
            };
        }

        /** The option's name. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param name null: each one within its key's space */
    record Named(Word word, @Nullable String name) implements Subject {
        @Override
        public @Nullable Owner owner(CallCommand call) {
            return counted(together(), name, word.of(call), word.kind, null, space(call, word.fixed(call) != null));
        }

        @Override
        public @Nullable Owner together() {
            return all(word.kind, null, name);
        }

        @Override
        public boolean countsApart(Owner owner) {
            return name == null && owner.kind() == word.kind;
        }
    }

    /**
     * @param tag the tag's name
     * @param value null: each value within its key's space
     */
    record Tagged(String tag, @Nullable String value) implements Subject {
        @Override
        public @Nullable Owner owner(CallCommand call) {
            String said = call.options().tags().get(tag);
            boolean fixed = call.caller().grant().fixed().tags().containsKey(tag);
            return counted(together(), value, said, Owner.Kind.TAG, tag, space(call, fixed));
        }

        @Override
        public @Nullable Owner together() {
            return all(Owner.Kind.TAG, tag, value);
        }

        @Override
        public boolean countsApart(Owner owner) {
            return value == null && owner.kind() == Owner.Kind.TAG && tag.equals(owner.tag());
        }
    }

    /** The key in whose space a name lives; null: it means the same everywhere. */
    private static @Nullable String space(CallCommand call, boolean fixed) {
        return fixed ? null : call.key();
    }

    private static @Nullable Owner all(Owner.Kind kind, @Nullable String tag, @Nullable String name) {
        return name == null ? null : new Owner(kind, tag, null, name, true);
    }

    private static @Nullable Owner counted(
            @Nullable Owner together,
            @Nullable String wanted,
            @Nullable String said,
            Owner.Kind kind,
            @Nullable String tag,
            @Nullable String space) {
        if (together == null) {
            return said == null ? null : new Owner(kind, tag, space, said, false);
        }
        return space == null && wanted != null && wanted.equals(said) ? together : null;
    }
}
