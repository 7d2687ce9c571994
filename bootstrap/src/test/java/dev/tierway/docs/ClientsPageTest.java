package dev.tierway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.docs.ReferencePage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/reference/clients.md names, for every cell, a test or script that is there. */
final class ClientsPageTest {
    private static final Pattern PROOF =
            Pattern.compile("\\*\\*(\\w+)\\*\\*: (?:test (\\w+)|script (\\S+)|the same script|by hand).*");
    private static final Pattern CELL = Pattern.compile("([A-Z]\\d?)(?:, .*)?|–|n/a");

    private static List<List<String>> rows() {
        return ReferencePage.named("clients.md").tables("client");
    }

    private static Map<String, Matcher> proofs() {
        Map<String, Matcher> proofs = new LinkedHashMap<>();
        for (List<String> row : rows()) {
            Matcher proof = PROOF.matcher(row.size() > 2 ? row.get(2) : "");
            if (proof.matches()) {
                proofs.put(proof.group(1), proof);
            }
        }
        return proofs;
    }

    @Test
    void every_proof_is_there() {
        Path root = ReferencePage.root();
        Map<String, Matcher> proofs = proofs();

        assertThat(proofs).hasSizeGreaterThan(9);
        proofs.values().forEach(proof -> {
            if (proof.group(2) != null) {
                assertThat(root.resolve("bootstrap/src/test/java/dev/tierway/gateway/" + proof.group(2) + ".java"))
                        .exists();
            }
            if (proof.group(3) != null) {
                assertThat(root.resolve(proof.group(3))).exists();
            }
        });
    }

    @Test
    void every_cell_names_a_proof_or_says_that_there_is_none() {
        Map<String, Matcher> proofs = proofs();
        List<List<String>> cells = rows().stream()
                .filter(row -> row.size() < 3 || !PROOF.matcher(row.get(2)).matches())
                .map(row -> row.subList(1, row.size()).stream()
                        .filter(cell -> !cell.isEmpty())
                        .toList())
                .toList();

        assertThat(cells).hasSizeGreaterThan(15);
        cells.forEach(row -> assertThat(row).allSatisfy(cell -> {
            Matcher named = CELL.matcher(cell);
            assertThat(named.matches()).as(cell).isTrue();
            if (named.group(1) != null) {
                assertThat(proofs).containsKey(named.group(1));
            }
        }));
    }
}
