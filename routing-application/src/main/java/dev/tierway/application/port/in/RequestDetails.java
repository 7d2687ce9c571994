package dev.tierway.application.port.in;

import org.jspecify.annotations.Nullable;

/** What rules may look at beside the facts every call has. Each is looked up only if some rule asks for it. */
public interface RequestDetails {
    /** A request without headers and text. */
    RequestDetails NONE = new RequestDetails() {
        @Override
        public @Nullable String header(String name) {
            return null;
        }

        @Override
        public String text(int mostBytes) {
            return "";
        }
    };

    /**
     * The value of a header, the first if there are several.
     *
     * @param name in lower case
     * @return null if there is none, or the call didn't come over HTTP
     */
    @Nullable
    String header(String name);

    /**
     * Text of the messages in their order, a line feed after each part. Of longer conversations the end.
     *
     * @param mostBytes most of it that is wanted, in UTF-8
     */
    String text(int mostBytes);
}
