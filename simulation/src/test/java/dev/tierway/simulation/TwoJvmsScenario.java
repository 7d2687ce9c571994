package dev.tierway.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TwoJvmsScenario {
    /** Prints the hashes of some trials and a soak: what another JVM must print too. */
    static final class Hashes {
        private Hashes() {}

        public static void main(String[] args) {
            System.out.print(hashes());
        }

        static String hashes() {
            Experiment experiment = Experiments.standard();
            Trace trace = Traces.poisson(600, 5.4, 5);
            StringBuilder all = new StringBuilder();
            for (String contender : experiment.contenders()) {
                Trial trial = new Trial("provider-outage", 0.7, contender, 11);
                all.append(Long.toHexString(experiment.run(trial, trace).traceHash()))
                        .append(' ');
            }
            return all.append(Long.toHexString(Soak.run(4000, 3).hash())).toString();
        }
    }

    @Test
    void the_same_seed_leaves_the_same_trace_in_another_jvm() throws IOException, InterruptedException {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xint",
                        "-XX:+UnlockExperimentalVMOptions",
                        "-XX:hashCode=2",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Hashes.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String theirs = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(other.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(other.exitValue()).isZero();
        assertThat(theirs).isEqualTo(Hashes.hashes());
    }
}
