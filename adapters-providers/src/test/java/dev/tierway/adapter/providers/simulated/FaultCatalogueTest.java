package dev.tierway.adapter.providers.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultCatalogueTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<FaultCatalogue.Entry> ALL = FaultCatalogue.entries(NOW);

    @Test
    void every_fault_of_the_simulation_has_a_name() {
        assertThat(ALL).extracting(one -> one.fault().fault()).contains(SimulatedFault.values());
        assertThat(ALL).extracting(FaultCatalogue.Entry::name).doesNotHaveDuplicates();
    }

    @Test
    void every_number_is_there_but_those_that_no_server_can_do() {
        assertThat(ALL.stream().map(FaultCatalogue.Entry::number).distinct())
                .containsExactlyElementsOf(IntStream.rangeClosed(5, 31)
                        .filter(n -> n != 30)
                        .mapToObj(n -> "P" + n)
                        .toList());
    }

    @Test
    void a_fault_is_found_by_number_or_name_however_written() {
        assertThat(FaultCatalogue.find("p15", NOW))
                .extracting(FaultCatalogue.Entry::name)
                .containsExactly("garbage", "half-json");
        assertThat(FaultCatalogue.find("Truncated", NOW)).hasSize(1);
        assertThat(FaultCatalogue.find("P1", NOW)).isEmpty();
    }

    @Test
    void a_date_to_come_is_counted_from_now() {
        assertThat(FaultCatalogue.find("retry-date", NOW).getFirst().fault().headers())
                .containsExactly("retry-after: Thu, 01 Jan 2026 00:00:30 GMT");
    }
}
