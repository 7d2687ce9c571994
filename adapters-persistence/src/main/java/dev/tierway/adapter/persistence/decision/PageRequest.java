package dev.tierway.adapter.persistence.decision;

import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.error.TierwayException;
import dev.tierway.application.port.out.DecisionLog;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a page begins and how long it is.
 *
 * @param before only decisions with smaller numbers
 */
public record PageRequest(long before, int limit) {
    private static final int MOST = 1000;
    private static final int RADIX = 36;

    /** @throws InvalidRequestException for a limit out of range or a cursor that is not ours */
    public static PageRequest of(DecisionLog.Query query) {
        if (query.limit() < 1 || query.limit() > MOST) {
            throw invalid("limit must be 1 to " + MOST + ", not " + query.limit());
        }
        return new PageRequest(before(query.cursor()), query.limit());
    }

    private static long before(@Nullable String cursor) {
        if (cursor == null) {
            return Long.MAX_VALUE;
        }
        try {
            return Long.parseLong(cursor, RADIX);
        } catch (NumberFormatException notOurs) {
            throw invalid(
                    "'" + cursor + "' is not a cursor: use next_cursor of the page before, or leave it out to begin"
                            + " with the newest");
        }
    }

    /** The page, given one decision more than it holds if there are more. */
    public DecisionLog.Page page(List<NumberedDecision> newestFirst) {
        boolean more = newestFirst.size() > limit;
        List<NumberedDecision> shown = more ? newestFirst.subList(0, limit) : newestFirst;
        return new DecisionLog.Page(
                shown.stream().map(NumberedDecision::document).toList(),
                more ? Long.toString(shown.getLast().number(), RADIX) : null);
    }

    private static InvalidRequestException invalid(String message) {
        return new InvalidRequestException(TierwayException.Details.of(400, "invalid_request", message));
    }
}
