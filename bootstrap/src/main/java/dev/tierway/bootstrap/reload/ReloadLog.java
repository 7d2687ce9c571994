package dev.tierway.bootstrap.reload;

import dev.tierway.application.config.ConfigOrder;
import dev.tierway.application.config.ConfigOutcome;
import dev.tierway.application.port.out.ConfigListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what became of every order: one line, and one per change, warning or problem. */
public final class ReloadLog implements ConfigListener {
    private static final Logger LOG = LoggerFactory.getLogger("dev.tierway.config");

    @Override
    public void reconfigured(ConfigOrder order, ConfigOutcome outcome) {
        switch (outcome) {
            case ConfigOutcome.Applied applied -> {
                LOG.atInfo()
                        .addKeyValue("generation", applied.generation())
                        .addKeyValue("before", applied.before())
                        .addKeyValue("origin", order.origin().id())
                        .addKeyValue("author", order.author())
                        .addKeyValue("changes", applied.changes().size())
                        .log("another configuration is in force");
                applied.changes().forEach(change -> LOG.info("changed: {}", change));
                applied.warnings().forEach(warning -> LOG.warn("{}", warning));
            }
            case ConfigOutcome.Unchanged unchanged ->
                LOG.atInfo()
                        .addKeyValue("generation", unchanged.generation())
                        .addKeyValue("origin", order.origin().id())
                        .log("the configuration was read again and is the same");
            case ConfigOutcome.Refused refused -> {
                LOG.atError()
                        .addKeyValue("generation", refused.generation())
                        .addKeyValue("origin", order.origin().id())
                        .addKeyValue("author", order.author())
                        .addKeyValue("problems", refused.problems().size())
                        .log("the new configuration is refused; nothing has changed");
                refused.problems().forEach(problem -> LOG.error("problem: {}", problem));
            }
        }
    }
}
