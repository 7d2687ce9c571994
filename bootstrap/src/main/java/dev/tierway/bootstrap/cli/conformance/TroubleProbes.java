package dev.tierway.bootstrap.cli.conformance;

import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.chat.Sampling;
import dev.tierway.application.error.CallCancelledException;
import dev.tierway.application.error.TierwayException;
import dev.tierway.application.facade.ChatStream;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/** What becomes of calls that should fail, and of calls whose caller leaves. */
final class TroubleProbes {
    /** Far beyond what any vendor takes, of temperature and of top_p: a dialect may keep one of them in its bounds. */
    private static final double SENSELESS = 99;

    private static final long PROMPT_MILLIS = 1_000;

    private TroubleProbes() {}

    static Outcome errors(Line line) {
        Sampling senseless = new Sampling(SENSELESS, SENSELESS, null, null, null, null, List.of());
        try {
            ChatResponse answer =
                    line.call(ChatRequest.builder().user("Say hello.").sampling(senseless));
            return answer.choices().getFirst().finishReason() == FinishReason.CONTENT_FILTER
                    ? Outcome.pass("refused by the model")
                    : Outcome.notApplicable("it answers even at temperature and top_p 99, so its errors can't be seen");
        } catch (TierwayException failed) {
            if (failed.selection().map(one -> one.result()).orElse(null)
                            instanceof CallResult.Exhausted(var replica, Failure last)
                    && last.failureClass() == FailureClass.INVALID_REQUEST) {
                return Outcome.pass("invalid_request (HTTP " + last.upstreamStatus() + "): " + last.message());
            }
            throw failed;
        }
    }

    static Outcome cancellation(Line line) {
        ChatRequest.Builder request = ChatRequest.builder()
                .user("Count from one to a hundred in words, one number per line, and leave none out.");
        try (ChatStream stream = line.stream(request)) {
            Iterator<ChatEvent> events = stream.iterator();
            boolean begun = false;
            while (!begun && events.hasNext()) {
                begun = events.next().semantic();
            }
            Unfulfilled.unless(begun, "the stream ended before its first token");
            long left = System.nanoTime();
            stream.close();
            return drain(events, left);
        }
    }

    private static Outcome drain(Iterator<ChatEvent> events, long leftNanos) {
        try {
            while (events.hasNext()) {
                events.next();
            }
            return Outcome.notApplicable("the whole answer was there before it could be left");
        } catch (CallCancelledException cancelled) {
            long millis = Duration.ofNanos(System.nanoTime() - leftNanos).toMillis();
            Unfulfilled.unless(millis <= PROMPT_MILLIS, "it ended only " + millis + " ms after it was left");
            return Outcome.pass("ended as cancelled " + millis + " ms after it was left");
        }
    }
}
