package dev.tierway.bootstrap.runtime;

import dev.tierway.application.port.out.RoutingListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what should never happen, so that nothing is swallowed. */
public final class ErrorLog implements RoutingListener {
    private static final Logger LOG = LoggerFactory.getLogger("dev.tierway.internal");

    @Override
    public void internalError(String callId, Throwable error) {
        LOG.atError().addKeyValue("decision", callId).setCause(error).log("internal error in a call; please report it");
    }
}
