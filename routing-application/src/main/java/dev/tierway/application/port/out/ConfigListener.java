package dev.tierway.application.port.out;

import dev.tierway.application.config.ConfigOrder;
import dev.tierway.application.config.ConfigOutcome;

/** Hears of every order to put another configuration in force. Must not block. */
public interface ConfigListener {
    void reconfigured(ConfigOrder order, ConfigOutcome outcome);
}
