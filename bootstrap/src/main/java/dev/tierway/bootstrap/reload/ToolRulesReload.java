package dev.tierway.bootstrap.reload;

import dev.tierway.GatewayConfig;
import dev.tierway.application.toolaccess.ToolAccess;

/** Who may use which tool; what is used stays used, by the limits' ids. */
public final class ToolRulesReload implements Reloadable {
    private final ToolAccess access;
    private final boolean given;

    /** @param given the embedder gave rules in place of the configuration's, and they stay */
    public ToolRulesReload(ToolAccess access, boolean given) {
        this.access = access;
        this.given = given;
    }

    @Override
    public Change prepare(GatewayConfig now, GatewayConfig next) {
        return given ? Change.NONE : () -> access.swap(next.agents().tools());
    }
}
