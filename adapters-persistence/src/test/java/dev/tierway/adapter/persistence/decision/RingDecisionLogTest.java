package dev.tierway.adapter.persistence.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.DecisionLogContract;
import dev.tierway.adapter.persistence.Decisions;
import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.adapter.persistence.Queries;
import dev.tierway.application.explain.DecisionExplainer;
import dev.tierway.application.port.out.DecisionLog;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RingDecisionLogTest implements DecisionLogContract {
    private final ExecutorService lookups = Executors.newSingleThreadExecutor();
    private final RingDecisionLog log = ring(1000);

    private RingDecisionLog ring(int size) {
        return new RingDecisionLog(size, DecisionExplainer::document, new ManualClock(), lookups);
    }

    @Override
    public DecisionLog log() {
        return log;
    }

    @AfterEach
    void stop() {
        lookups.shutdownNow();
    }

    @Test
    void only_the_newest_are_kept() {
        RingDecisionLog small = ring(3);
        for (int n = 1; n <= 8; n++) {
            small.append(Decisions.named("dec_" + n).delivered());
        }

        assertThat(Decisions.ids(Answers.of(small.find(Queries.newest(10))).data()))
                .containsExactly("dec_8", "dec_7", "dec_6");
        assertThat(Answers.of(small.find("dec_5", false))).isEmpty();
    }

    @Test
    void decisions_of_many_threads_are_all_found_once() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int n = 0; n < 500; n++) {
                var selection = Decisions.named("dec_" + n).delivered();
                threads.execute(() -> log.append(selection));
            }
        }
        assertThat(Decisions.ids(Answers.of(log.find(Queries.newest(1000))).data()))
                .doesNotHaveDuplicates()
                .hasSize(500);
    }
}
