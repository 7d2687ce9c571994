package dev.tierway.adapter.persistence.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.application.port.out.SecretSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PepperFileTest {
    @TempDir
    Path folder;

    private final AtomicInteger drawn = new AtomicInteger();
    private final SecretSource source = count -> {
        byte[] bytes = new byte[count];
        bytes[0] = (byte) drawn.incrementAndGet();
        return bytes;
    };

    private Path path() {
        return PepperFile.beside(folder.resolve("data").resolve("tierway.db"));
    }

    @Test
    void it_is_made_once_beside_the_database_for_its_owner_alone() throws Exception {
        PepperFile made = PepperFile.open(path(), source);
        PepperFile found = PepperFile.open(path(), source);

        assertThat(path()).isEqualTo(folder.resolve("data/tierway.db.pepper")).exists();
        assertThat(made.created()).isTrue();
        assertThat(made.pepper()).hasSize(64);
        assertThat(found.created()).isFalse();
        assertThat(found.pepper()).isEqualTo(made.pepper());
        assertThat(found.exposed()).isFalse();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
                .isEqualTo("rw-------");
        try (Stream<Path> left = Files.list(path().getParent())) {
            assertThat(left).as("nothing is left lying about").hasSize(1);
        }
        assertThat(made.toString()).doesNotContain(made.pepper());
    }

    @Test
    void that_others_can_read_it_is_told() throws Exception {
        PepperFile.open(path(), source);
        Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(PepperFile.open(path(), source).exposed()).isTrue();
    }

    @Test
    void of_several_that_begin_at_once_all_have_the_same() throws Exception {
        List<Future<PepperFile>> opened = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int n = 0; n < 16; n++) {
                opened.add(threads.submit(() -> PepperFile.open(path(), source)));
            }
        }
        List<String> peppers = new ArrayList<>();
        int created = 0;
        for (Future<PepperFile> one : opened) {
            peppers.add(one.get().pepper());
            created += one.get().created() ? 1 : 0;
        }

        assertThat(peppers.stream().distinct()).hasSize(1);
        assertThat(created).isEqualTo(1);
    }

    @Test
    void a_file_that_was_emptied_is_not_taken_for_a_pepper() throws Exception {
        Files.createDirectories(path().getParent());
        Files.createFile(path());

        assertThatThrownBy(() -> PepperFile.open(path(), source))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("holds no pepper");
    }
}
