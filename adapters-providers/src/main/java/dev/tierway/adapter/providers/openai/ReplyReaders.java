package dev.tierway.adapter.providers.openai;

import dev.tierway.adapter.providers.http.RetryAfter;
import dev.tierway.adapter.providers.http.TransportLimits;
import dev.tierway.adapter.providers.http.UpstreamHead;
import dev.tierway.adapter.providers.limits.LimitHeaders;
import dev.tierway.adapter.providers.limits.Vendor;
import dev.tierway.application.port.out.AttemptRequest;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.domain.quota.VendorLimit;
import java.util.List;

/**
 * Decides by a reply's head who reads its body.
 *
 * @param clock what dates in headers are compared with
 * @param vendor whose headers they are
 */
record ReplyReaders(TransportLimits limits, ErrorClassifier errors, WallClock clock, Vendor vendor) {
    /** What the head says of the vendor's own limits; empty if nothing. */
    List<VendorLimit> limits(UpstreamHead head) {
        return LimitHeaders.read(head.headers(), vendor, clock.epochMillis());
    }

    ReplyReader readerFor(UpstreamHead head, AttemptRequest attempt, UsageTally tally, ReplyReader.Findings findings) {
        if (!head.accepted()) {
            Long retryAfter = RetryAfter.millis(head.headers(), clock.epochMillis());
            return new RefusalReader(
                    limits.errorBytes(), body -> errors.refusal(head.status(), body, retryAfter), findings);
        }
        String unreadable = head.notReadableAs(attempt.stream() ? "text/event-stream" : "application/json");
        if (unreadable != null) {
            return new RefusalReader(limits.errorBytes(), body -> errors.insteadOfAnswer(body, unreadable), findings);
        }
        ReplyShape shape = OpenAiRequests.shape(attempt.payload());
        return attempt.stream()
                ? new StreamReader(shape, limits.eventBytes(), tally, errors, findings)
                : new UnaryReader(shape, limits.bodyBytes(), tally, errors, findings);
    }
}
