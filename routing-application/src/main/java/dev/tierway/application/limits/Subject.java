package dev.tierway.application.limits;

import dev.tierway.application.port.in.CallCommand;
import org.jspecify.annotations.Nullable;

/**
 * Whom a limit is for. A name limits the calls that carry it, all together; no name limits each one for itself. What callers
 * name themselves lives inside their API key's space, unless the rule names it.
 */
public sealed interface Subject {
    /**
     * Under which such a call is counted.
     *
     * @return null if the limit isn't for this call; empty if all it is for are counted together
     */
    @Nullable
    String countedUnder(CallCommand call);

    /** Whether every name has a count of its own. */
    boolean each();

    /** All calls of the gateway. */
    record Everyone() implements Subject {
        @Override
        public String countedUnder(CallCommand call) {
            return "";
        }

        @Override
        public boolean each() {
            return false;
        }
    }

    /** @param id null: each key */
    record OfKey(@Nullable String id) implements Subject {
        @Override
        public @Nullable String countedUnder(CallCommand call) {
            return counted(id, call.key(), "/key=" + escaped(call.key()));
        }

        @Override
        public boolean each() {
            return id == null;
        }
    }

    /** What a call says of itself. */
    enum Word {
        AGENT,
        WORKFLOW,
        USER;

        @Nullable
        String of(CallCommand call) {
            return switch (this) {
                case AGENT -> call.options().agent();
                case WORKFLOW -> call.options().workflow();
                case USER -> call.options().user();
            };
        }

        /** The option's name. */
        public String id() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** @param name null: each one within its key's space */
    record Named(Word word, @Nullable String name) implements Subject {
        @Override
        public @Nullable String countedUnder(CallCommand call) {
            String said = word.of(call);
            return counted(name, said, space(call) + "/" + word.id() + "=" + escaped(said));
        }

        @Override
        public boolean each() {
            return name == null;
        }
    }

    /**
     * @param tag the tag's name
     * @param value null: each value within its key's space
     */
    record Tagged(String tag, @Nullable String value) implements Subject {
        @Override
        public @Nullable String countedUnder(CallCommand call) {
            String said = call.options().tags().get(tag);
            return counted(value, said, space(call) + "/tag:" + escaped(tag) + "=" + escaped(said));
        }

        @Override
        public boolean each() {
            return value == null;
        }
    }

    private static @Nullable String counted(@Nullable String wanted, @Nullable String said, String own) {
        if (wanted == null) {
            return said == null ? null : own;
        }
        return wanted.equals(said) ? "" : null;
    }

    private static String space(CallCommand call) {
        return call.key() == null ? "" : "/key=" + escaped(call.key());
    }

    /** So that no name can look like another part of the key usage is kept under. */
    private static String escaped(@Nullable String name) {
        return name == null ? "" : name.replace("%", "%25").replace("/", "%2F").replace("|", "%7C");
    }
}
