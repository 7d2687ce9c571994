package dev.tierway.bootstrap.runtime;

import dev.tierway.application.port.out.KeyListener;
import dev.tierway.application.port.out.StoredKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one line per change of an API key, and one when the storage of keys fails or works again. */
public final class KeyLog implements KeyListener {
    private static final Logger LOG = LoggerFactory.getLogger("dev.tierway.keys");

    @Override
    public void changed(StoredKey key, boolean here) {
        LOG.atInfo()
                .addKeyValue("key", key.id())
                .addKeyValue("revoked", key.revokedEpochMillis() != null)
                .log(here ? "an API key was changed" : "an API key was changed at another instance");
    }

    @Override
    public void unusable(StoredKey key) {
        LOG.atWarn()
                .addKeyValue("key", key.id())
                .log("an API key can't be used here: it was made with another pepper; set that as"
                        + " auth.previous-pepper");
    }

    @Override
    public void storeDown(Throwable why) {
        LOG.atError()
                .setCause(why)
                .log("API keys can't be stored or learned; those known stay in force, revoked ones elsewhere too;"
                        + " trying again");
    }

    @Override
    public void storeUp() {
        LOG.info("API keys are stored and learned again");
    }
}
