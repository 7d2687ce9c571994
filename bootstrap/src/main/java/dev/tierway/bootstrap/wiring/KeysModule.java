package dev.tierway.bootstrap.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.ProvidesIntoSet;
import dev.tierway.AuthConfig;
import dev.tierway.GatewayConfig;
import dev.tierway.KeyConfig;
import dev.tierway.StorageConfig;
import dev.tierway.adapter.persistence.key.HmacSecretHash;
import dev.tierway.adapter.persistence.key.PepperFile;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.application.keys.DeclaredKey;
import dev.tierway.application.keys.KeyFeed;
import dev.tierway.application.keys.KeyNews;
import dev.tierway.application.keys.KeyService;
import dev.tierway.application.port.out.CallExecutors;
import dev.tierway.application.port.out.KeyListener;
import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.application.port.out.SecretHash;
import dev.tierway.application.port.out.SecretSource;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.bootstrap.reload.Reloadable;
import dev.tierway.bootstrap.runtime.KeyLog;
import dev.tierway.bootstrap.runtime.LateSecretHash;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** API keys: where they are kept, with what their secrets are digested, and who learns of changes. */
final class KeysModule extends AbstractModule {
    private static final Logger LOG = LoggerFactory.getLogger("dev.tierway.keys");
    private static final int PEPPER_BYTES = 32;
    private static final String NOT_ASKED =
            "auth.mode is none, so nobody is asked for a key: set auth.mode to keys and restart.";

    private final GatewayConfig config;

    KeysModule(GatewayConfig config) {
        this.config = config;
    }

    @Override
    protected void configure() {
        Multibinder.newSetBinder(binder(), KeyListener.class).addBinding().toInstance(new KeyLog());
    }

    @Provides
    @Singleton
    SecretSource secrets() {
        SecureRandom random = new SecureRandom();
        return count -> {
            byte[] bytes = new byte[count];
            random.nextBytes(bytes);
            return bytes;
        };
    }

    @Provides
    @Singleton
    SecretHash hash(SecretSource source) {
        return new LateSecretHash(() -> hash(config.auth(), config.storage(), source));
    }

    private static SecretHash hash(AuthConfig auth, StorageConfig storage, SecretSource source) {
        Secret configured = auth.pepper();
        Secret before = auth.previousPepper();
        String previous = before == null ? null : before.reveal();
        if (configured != null) {
            return new HmacSecretHash(configured.reveal(), previous);
        }
        Path ledger = storage.ledgerPath();
        if (ledger == null) {
            return new HmacSecretHash(HexFormat.of().formatHex(source.draw(PEPPER_BYTES)), previous);
        }
        PepperFile file = PepperFile.open(PepperFile.beside(ledger), source);
        if (file.created()) {
            LOG.info(
                    "made {}, without which the API keys in {} are worth nothing: keep a copy apart from the"
                            + " database's, or set auth.pepper",
                    file.path(),
                    ledger);
        }
        if (file.exposed()) {
            LOG.warn("others can read {}: chmod 600 it", file.path());
        }
        return new HmacSecretHash(file.pepper(), previous);
    }

    /** What was stored before holds from the start. */
    @Provides
    @Singleton
    KeyService keys(
            History history, SecretHash hash, SecretSource source, Set<KeyListener> listeners, WallClock wallClock) {
        AuthConfig auth = config.auth();
        boolean asked = auth.mode() == AuthConfig.Mode.KEYS;
        KeyService service = new KeyService(
                history.keys(),
                history.audit(),
                hash,
                source,
                new KeyNews(List.copyOf(listeners)),
                wallClock,
                new KeyService.Standing(
                        EngineModule.instance(), cannotStore(), asked ? remarks() : List.of(NOT_ASKED)));
        service.declare(auth.keys().stream().map(KeysModule::declared).toList());
        try {
            service.load().toCompletableFuture().join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
        if (asked) {
            hash.peppers();
            if (service.size() == 0) {
                LOG.warn("there is no API key yet, so nobody can call: make one with `tierway keys create NAME`");
            }
        } else if (service.size() > 0) {
            LOG.warn("there are API keys, but auth.mode is none: nobody is asked for one");
        }
        return service;
    }

    private List<String> remarks() {
        return config.storage().ledger() == StorageConfig.Ledger.MEMORY
                ? List.of("storage.ledger is memory, so this key is gone when the gateway ends.")
                : List.of();
    }

    private @Nullable String cannotStore() {
        return config.storage().ledger() == StorageConfig.Ledger.POSTGRESQL
                        && config.auth().pepper() == null
                ? "auth.pepper isn't set: gateways that share a PostgreSQL need the same one to know each other's keys."
                        + " Make one with `openssl rand -hex 32`, set it everywhere, and restart."
                : null;
    }

    private static DeclaredKey declared(KeyConfig key) {
        return new DeclaredKey(
                key.id(),
                key.secret().reveal(),
                key.grant(),
                key.expires() == null ? null : (Long) key.expires().toEpochMilli());
    }

    /** Calls that run keep what their key was when they began. */
    @ProvidesIntoSet
    @Singleton
    Reloadable reload(KeyService service) {
        return (now, next) -> service.prepare(
                next.auth().keys().stream().map(KeysModule::declared).toList())::run;
    }

    @Provides
    @Singleton
    KeyFeed feed(KeyService service, CallExecutors executors, MonotonicClock clock) {
        KeyFeed feed = new KeyFeed(service, executors, clock);
        feed.start();
        return feed;
    }
}
