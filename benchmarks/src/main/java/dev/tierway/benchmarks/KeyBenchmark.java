package dev.tierway.benchmarks;

import dev.tierway.adapter.persistence.key.HmacSecretHash;
import dev.tierway.adapter.persistence.memory.MemoryApiKeyStore;
import dev.tierway.adapter.persistence.memory.MemoryAuditLog;
import dev.tierway.application.access.Grant;
import dev.tierway.application.access.KeyScope;
import dev.tierway.application.keys.DeclaredKey;
import dev.tierway.application.keys.KeyNews;
import dev.tierway.application.keys.KeyService;
import dev.tierway.application.port.in.Authenticate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Whose key a secret is, among so many: one hash and one look, whatever their number. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@SuppressWarnings("NullAway.Init")
public class KeyBenchmark {
    private static final String SECRET = "sk-tw-0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";

    @Param({"1", "100", "10000"})
    int keys;

    private Authenticate known;

    @Setup
    public void setUp() {
        KeyService service = new KeyService(
                new MemoryApiKeyStore(),
                new MemoryAuditLog(1),
                new HmacSecretHash("0123456789abcdef0123456789abcdef", null),
                byte[]::new,
                new KeyNews(List.of()),
                System::currentTimeMillis,
                new KeyService.Standing("bench", null, List.of()));
        List<DeclaredKey> declared = new ArrayList<>();
        for (int n = 0; n < keys; n++) {
            declared.add(new DeclaredKey("key-" + n, SECRET + n, Grant.of(KeyScope.CALL), null));
        }
        service.declare(declared);
        known = service.authenticate();
    }

    @Benchmark
    public Authenticate.Verdict known() {
        return known.verdict(SECRET + "0");
    }

    @Benchmark
    public Authenticate.Verdict unknown() {
        return known.verdict(SECRET + "x");
    }
}
