package dev.tierway.application.error;

import dev.tierway.domain.money.TokenUsage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The answer broke after it had begun. */
public final class StreamBrokenException extends TierwayException {
    private static final long serialVersionUID = 1;

    private final String partialText;
    private final transient @Nullable TokenUsage usage;

    public StreamBrokenException(Details details, String partialText, @Nullable TokenUsage usage) {
        super(details);
        this.partialText = partialText;
        this.usage = usage;
    }

    /** What had come of the first choice. */
    public String partialText() {
        return partialText;
    }

    public Optional<TokenUsage> usage() {
        return Optional.ofNullable(usage);
    }
}
