package dev.tierway.bootstrap.runtime;

import dev.tierway.application.port.out.GivenOrder;
import dev.tierway.application.port.out.NumberedOrder;
import dev.tierway.application.port.out.OperatorListener;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Writes one line per operator's action, and one when the storage of actions fails or works again. */
public final class OperatorLog implements OperatorListener {
    private static final Logger LOG = LoggerFactory.getLogger("dev.tierway.operator");

    @Override
    public void ordered(NumberedOrder order, boolean here) {
        GivenOrder given = order.given();
        LoggingEventBuilder line = LOG.atInfo()
                .addKeyValue("number", order.number())
                .addKeyValue("action", given.order().topic().id())
                .addKeyValue("value", given.order().value())
                .addKeyValue("scope", given.scope().level().id())
                .addKeyValue("id", given.scope().id())
                .addKeyValue("author", given.author())
                .addKeyValue("instance", given.instance());
        if (given.reason() != null) {
            line = line.addKeyValue("reason", given.reason());
        }
        if (given.untilEpochMillis() != null) {
            line = line.addKeyValue("until", Instant.ofEpochMilli(given.untilEpochMillis()));
        }
        line.log(here ? "an operator's action" : "an operator's action at another instance");
    }

    @Override
    public void notObeyed(NumberedOrder order, String why) {
        LOG.atWarn()
                .addKeyValue("number", order.number())
                .addKeyValue("action", order.given().order().topic().id())
                .addKeyValue("value", order.given().order().value())
                .addKeyValue("id", order.given().scope().id())
                .addKeyValue("why", why)
                .log("an operator's action has no effect on this instance");
    }

    @Override
    public void storeDown(Throwable why) {
        LOG.atError()
                .setCause(why)
                .log("operators' actions can't be stored or learned; those known stay in force; trying again");
    }

    @Override
    public void storeUp() {
        LOG.info("operators' actions are stored and learned again");
    }
}
