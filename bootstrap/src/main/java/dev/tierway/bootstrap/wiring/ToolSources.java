package dev.tierway.bootstrap.wiring;

import dev.tierway.application.port.out.ToolSource;
import java.util.List;

/** Where tools come from that aren't a conversation's own. */
public record ToolSources(List<ToolSource> all) implements AutoCloseable {
    @Override
    public void close() {
        all.forEach(ToolSource::close);
    }
}
