package dev.tierway.bootstrap.config;

import dev.tierway.ServerConfig.Admin;
import dev.tierway.ServerConfig.Tls;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code server.admin}. */
final class AdminSection {
    private static final String TERMINATED = "terminated";

    static final Key<String> BIND = Key.optional(
                    "bind",
                    Scalars.TEXT,
                    "Address of the admin port. Any but loopback needs `auth.admin-token` and `tls`.")
            .or("127.0.0.1");
    static final Key<Integer> PORT = Key.optional(
                    "port", Quantities.smallCount(0, 65_535), "Dashboard, administration, metrics; 0: any free one.")
            .or("8081");

    /** How a port is reached; {@code tls} is null if somebody before it speaks TLS. */
    private record Transport(@Nullable Tls tls) {}

    private static final Section<Transport> TRANSPORT = Section.of(
            "admin-tls",
            "What the admin port shows to those who connect.",
            List.of(TlsSection.CERTIFICATE, TlsSection.PRIVATE_KEY, TlsSection.CLIENT_AUTHORITIES),
            v -> new Transport(TlsSection.tls(v)));

    static final Key<Transport> TLS = Key.optional(
            "tls",
            new ShortForm<>(
                    Scalars.choice("tls", List.of(TERMINATED), one -> one), one -> new Transport(null), TRANSPORT),
            "`terminated`: a proxy before it speaks TLS. Or `certificate` and `key`.");

    static final Section<Admin> SECTION =
            Section.of("admin", "The admin port.", List.of(BIND, PORT, TLS), AdminSection::admin);

    private AdminSection() {}

    private static Admin admin(Values v) {
        Transport transport = v.get(TLS);
        boolean terminated = transport != null && transport.tls() == null;
        if (!Loopback.is(v.value(BIND)) && !v.has(TLS)) {
            v.error(
                    BIND,
                    "is reachable from the network, where the admin token can be read on its way",
                    "add tls: { certificate: FILE, key: FILE }, or tls: terminated behind a proxy that speaks TLS,"
                            + " or bind 127.0.0.1");
        }
        return new Admin(v.value(BIND), v.value(PORT), transport == null ? null : transport.tls(), terminated);
    }

    static Map<String, Object> shown(Admin admin) {
        return new Shown()
                .put(BIND, admin.bind())
                .put(PORT, admin.port())
                .put(TLS, admin.terminated() ? TERMINATED : TlsSection.shown(admin.tls()))
                .map();
    }
}
