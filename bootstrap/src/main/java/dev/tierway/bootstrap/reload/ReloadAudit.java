package dev.tierway.bootstrap.reload;

import dev.tierway.application.config.ConfigOrder;
import dev.tierway.application.config.ConfigOutcome;
import dev.tierway.application.port.out.AuditEntry;
import dev.tierway.application.port.out.AuditLog;
import dev.tierway.application.port.out.ConfigListener;
import dev.tierway.application.port.out.WallClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps in the audit trail who ordered another configuration, and what became of it. */
public final class ReloadAudit implements ConfigListener {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadAudit.class);

    private final AuditLog audit;
    private final WallClock clock;
    private final String instance;

    public ReloadAudit(AuditLog audit, WallClock clock, String instance) {
        this.audit = audit;
        this.clock = clock;
        this.instance = instance;
    }

    @Override
    public void reconfigured(ConfigOrder order, ConfigOutcome outcome) {
        var unused = audit.append(new AuditEntry(
                        clock.epochMillis(),
                        instance,
                        order.author(),
                        "config",
                        outcome.id(),
                        "gateway",
                        Long.toString(outcome.generation()),
                        order.reason(),
                        null))
                .whenComplete((done, failed) -> {
                    if (failed != null) {
                        LOG.atError().setCause(failed).log("a change of configuration isn't in the audit trail");
                    }
                });
    }
}
