package dev.tierway.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.bootstrap.cli.show.Documents;
import org.junit.jupiter.api.Test;

final class FleetTextTest {
    private static String fleet(String probe) {
        return FleetText.of(Documents.parse("""
            { "generation": 1, "strategy": "adaptive", "models": [], "providers": [], "replicas": [
              { "id": "box/m", "tier": "mid", "status": "unhealthy", "phase": "active", "circuit": "closed",
                "cooling_down_millis": 4000, "calls": 0, "errors": 0, "in_flight": 0, "probe": %s } ] }
            """.formatted(probe)));
    }

    @Test
    void what_probes_have_against_a_replica_is_shown() {
        assertThat(fleet("{ \"result\": \"timed_out\", \"failures\": 3 }"))
                .contains("closed, cooling 4000 ms, probe timed out");
        assertThat(fleet("{ \"result\": \"model_not_listed\", \"failures\": 0 }"))
                .contains(", probe model not listed");
    }

    @Test
    void a_probe_that_found_nothing_wrong_takes_no_room() {
        assertThat(fleet("{ \"result\": \"alive\", \"failures\": 0 }")).doesNotContain("probe");
        assertThat(fleet("null")).doesNotContain("probe");
    }
}
