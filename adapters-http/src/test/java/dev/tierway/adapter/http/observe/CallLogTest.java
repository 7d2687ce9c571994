package dev.tierway.adapter.http.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.http.Selections;
import dev.tierway.application.port.out.ProbeReport;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fleet.ProbeResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;

class CallLogTest {
    private final RecordingLogger lines = new RecordingLogger();
    private final CallLog log = new CallLog(
            lines,
            () -> Selections.START_NANOS + 123_456_789,
            call -> "dec_traced".equals(call) ? "4bf92f3577b34da6a3ce929d0e0e4736" : null);

    @Test
    void a_call_is_one_line_of_facts() {
        log.finished(Selections.spilled("dec_7", "req_9"));
        assertThat(lines.written).hasSize(1);
        assertThat(lines.written.getFirst())
                .startsWith("INFO ")
                .contains("request_id=req_9")
                .contains("decision=dec_7")
                .contains("address=tier:mid/chat")
                .contains("outcome=delivered")
                .contains("status=200")
                .contains("replica=west/gpt-x")
                .contains("attempts=2")
                .contains("duration_ms=123.5");
    }

    @Test
    void a_traced_call_names_its_trace_and_others_none() {
        log.finished(Selections.spilled("dec_traced", "req_9"));
        log.finished(Selections.spilled("dec_7", "req_9"));
        assertThat(lines.written.getFirst()).contains("trace_id=4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(lines.written.getLast()).doesNotContain("trace_id");
    }

    @Test
    void a_failed_call_says_what_its_caller_was_told() {
        log.finished(Selections.exhausted("dec_7", "req_9", Selections.failure(FailureClass.TIMEOUT, null)));
        assertThat(lines.written.getFirst()).contains("status=504").contains("code=upstream_timeout");
    }

    @Test
    void a_vendors_words_which_may_quote_the_prompt_are_not_logged() {
        log.finished(Selections.exhausted("dec_7", "req_9", Selections.failure(FailureClass.INVALID_REQUEST, 400)));
        assertThat(lines.written.getFirst()).doesNotContain("the vendor's words");
    }

    @Test
    void a_fault_of_ours_is_an_error() {
        log.internalError("dec_7", new IllegalStateException("broken"));
        assertThat(lines.written.getFirst()).startsWith("ERROR ").contains("decision=dec_7");
    }

    @Test
    void a_server_that_dies_or_comes_back_is_news_and_the_same_again_is_not() {
        log.probed(new ProbeReport(Selections.WEST.id(), ProbeResult.UNREACHABLE, false, false));
        log.probed(new ProbeReport(Selections.WEST.id(), ProbeResult.UNREACHABLE, true, true));
        log.probed(new ProbeReport(Selections.WEST.id(), ProbeResult.UNREACHABLE, true, false));
        log.probed(new ProbeReport(Selections.WEST.id(), ProbeResult.ALIVE, false, true));

        assertThat(lines.written).hasSize(2);
        assertThat(lines.written.getFirst())
                .startsWith("WARN ")
                .contains("replica found dead by probes", "replica=west/gpt-x", "probe=unreachable");
        assertThat(lines.written.getLast()).contains("replica answers probes again", "probe=alive");
    }

    /** Keeps lines as text. */
    private static final class RecordingLogger extends LegacyAbstractLogger {
        private static final long serialVersionUID = 1;
        private final transient List<String> written = new ArrayList<>();

        @Override
        protected String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level, Marker marker, String message, Object[] arguments, Throwable cause) {
            written.add(level + " " + message);
        }

        @Override
        public boolean isTraceEnabled() {
            return true;
        }

        @Override
        public boolean isDebugEnabled() {
            return true;
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }
    }
}
