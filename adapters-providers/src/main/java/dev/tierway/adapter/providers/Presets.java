package dev.tierway.adapter.providers;

import dev.tierway.adapter.providers.limits.Vendor;
import dev.tierway.domain.catalogue.Construct;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The presets that ship: {@code presets.psv}, a line each. */
public final class Presets {
    private static final String FILE = "/dev/tierway/presets.psv";
    private static final int COLUMNS = 11;
    private static final Map<String, Preset> ALL = read();

    private Presets() {}

    /** All of them, in the file's order. */
    public static List<Preset> all() {
        return List.copyOf(ALL.values());
    }

    /** The one of that id; null if there is none. */
    public static @Nullable Preset find(String id) {
        return ALL.get(id);
    }

    private static Map<String, Preset> read() {
        Map<String, Preset> presets = new LinkedHashMap<>();
        for (String line : text().lines().toList()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                Preset preset = preset(line);
                if (presets.put(preset.id(), preset) != null) {
                    throw new IllegalStateException(FILE + " has two lines for " + preset.id());
                }
            }
        }
        return Collections.unmodifiableMap(presets);
    }

    private static Preset preset(String line) {
        List<String> cells = List.of(line.strip().split(" *\\| *", -1));
        if (cells.size() != COLUMNS) {
            throw new IllegalStateException(FILE + ": " + cells.size() + " columns in: " + line);
        }
        String url = said(cells.get(2));
        return new Preset(
                cells.get(0),
                cells.get(1),
                url == null ? null : URI.create(url),
                said(cells.get(3)),
                said(cells.get(4)) != null,
                cells.get(5),
                cells.get(6).equals("yes"),
                Vendor.valueOf(cells.get(7)),
                constructs(said(cells.get(8))),
                cells.get(9),
                said(cells.get(10)));
    }

    private static @Nullable String said(String cell) {
        return cell.equals("-") ? null : cell;
    }

    private static Set<Construct> constructs(@Nullable String names) {
        Set<Construct> constructs = EnumSet.noneOf(Construct.class);
        if (names != null) {
            for (String name : names.split(", *")) {
                constructs.add(Construct.valueOf(name));
            }
        }
        return constructs;
    }

    private static String text() {
        try (InputStream in = Presets.class.getResourceAsStream(FILE)) {
            return new String(
                    Objects.requireNonNull(in, "the jar lacks " + FILE).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("can't read " + FILE, e);
        }
    }
}
