package dev.tierway.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.read.ListAppender;
import ch.qos.logback.core.status.Status;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.bootstrap.cli.show.Documents;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class LogsTest {
    @Test
    void a_gateway_logs_one_json_object_per_line_with_the_request_id() throws JoranException {
        String written = written("logback-serve.xml", logger -> {
            logger.atInfo().addKeyValue("request_id", "req_7").log("call finished");
            logger.atError().setCause(new IllegalStateException("two\nlines")).log("failed");
        });

        assertThat(written.lines()).hasSize(2);
        JsonNode first = Documents.parse(written.lines().findFirst().orElseThrow());
        assertThat(first.path("level").asText()).isEqualTo("INFO");
        assertThat(first.path("formattedMessage").asText()).isEqualTo("call finished");
        assertThat(first.path("kvpList").path(0).path("request_id").asText()).isEqualTo("req_7");
    }

    @Test
    void a_gateway_can_log_for_people() throws JoranException {
        String written = written(
                "logback-serve-text.xml",
                logger -> logger.atInfo().addKeyValue("trace_id", "4bf9").log("call finished"));

        assertThat(written).endsWith(" INFO call finished trace_id=\"4bf9\"\n");
    }

    @Test
    void other_commands_log_warnings_for_people_and_nothing_less() throws JoranException {
        String written = written("logback-command.xml", logger -> {
            logger.atInfo().log("call finished");
            logger.atWarn().addKeyValue("provider", "gpu-box").log("slow");
        });

        assertThat(written).isEqualTo("tierway: WARN: slow provider=\"gpu-box\"\n");
    }

    @Test
    void an_error_nobody_caught_is_logged_with_its_thread() throws InterruptedException {
        Logger logger = (Logger) LoggerFactory.getLogger(LastResort.class);
        ListAppender<ILoggingEvent> heard = new ListAppender<>();
        heard.start();
        logger.addAppender(heard);
        logger.setAdditive(false);
        try {
            Thread thread = new Thread(
                    () -> {
                        throw new IllegalStateException("nobody catches this");
                    },
                    "worker-7");
            thread.setUncaughtExceptionHandler(new LastResort());
            thread.start();
            thread.join();
        } finally {
            logger.detachAppender(heard);
            logger.setAdditive(true);
        }

        assertThat(heard.list).hasSize(1);
        assertThat(heard.list.getFirst().getLevel()).isEqualTo(Level.ERROR);
        assertThat(heard.list.getFirst().getKeyValuePairs().getFirst().value).isEqualTo("worker-7");
        assertThat(heard.list.getFirst().getThrowableProxy().getMessage()).isEqualTo("nobody catches this");
    }

    private interface Logging {
        void to(Logger logger);
    }

    private static String written(String configuration, Logging logging) throws JoranException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        try {
            JoranConfigurator configurator = new JoranConfigurator();
            configurator.setContext(context);
            configurator.doConfigure(LogsTest.class.getResource("/dev/tierway/bootstrap/cli/" + configuration));
            logging.to(context.getLogger("dev.tierway.calls"));
        } finally {
            context.stop();
            System.setErr(before);
        }
        assertThat(context.getStatusManager().getCopyOfStatusList())
                .allSatisfy(status -> assertThat(status.getLevel()).isEqualTo(Status.INFO));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
