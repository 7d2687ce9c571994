package dev.tierway.adapter.providers.wire;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where a provider is. */
public final class Endpoint {
    private final Map<String, String> headers;
    private final String host;
    private final int port;
    private final boolean tls;
    private final String base;

    /** @param headers the operator's, sent with every request; possibly secret */
    public Endpoint(URI baseUrl, Map<String, String> headers) {
        this.headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        this.tls = "https".equalsIgnoreCase(baseUrl.getScheme());
        this.host = baseUrl.getHost();
        this.port = baseUrl.getPort() >= 0 ? baseUrl.getPort() : tls ? 443 : 80;
        this.base = baseUrl.getRawPath() == null ? "" : baseUrl.getRawPath().replaceAll("/+$", "");
    }

    /** Whether connections to it are encrypted. */
    public boolean tls() {
        return tls;
    }

    /** @param path under the base URL, or from the server's root if it begins with a slash */
    public RequestOptions request(HttpMethod method, String path) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setHost(host)
                .setPort(port)
                .setSsl(tls)
                .setURI(path.startsWith("/") ? path : base + "/" + path)
                .setFollowRedirects(false)
                .putHeader("accept-encoding", "identity")
                .putHeader("user-agent", "tierway");
        headers.forEach(options::putHeader);
        return options;
    }
}
