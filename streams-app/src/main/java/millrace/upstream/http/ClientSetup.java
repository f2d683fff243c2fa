package millrace.upstream.http;

import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.ConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * How the client is set up, and why: everything that it does of its own accord is off (redirects, retries, cookies,
 * authentication, decompression, protocol upgrades), because each of them would pass by the guard, the limits or the
 * deadline.
 */
final class ClientSetup {
    private ClientSetup() {}

    static CloseableHttpAsyncClient client(HttpSettings settings, DnsResolver resolver) {
        return HttpAsyncClientBuilder.create()
                .setConnectionManager(connections(settings, resolver))
                .setIOReactorConfig(reactor(settings))
                .setHttp1Config(Http1Config.custom()
                        .setMaxHeaderCount(settings.maxHeaders())
                        .setMaxLineLength(settings.maxHeaderLine())
                        .build())
                .setCharCodingConfig(utf8())
                .setKeepAliveStrategy(keepAlive(settings))
                .evictExpiredConnections()
                .evictIdleConnections(TimeValue.of(settings.idleTimeout()))
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableConnectionState()
                .disableContentCompression()
                .setThreadFactory(
                        Thread.ofPlatform().name("upstream-io-", 0).daemon(true).factory())
                .build();
    }

    private static PoolingAsyncClientConnectionManager connections(HttpSettings settings, DnsResolver resolver) {
        return PoolingAsyncClientConnectionManagerBuilder.create()
                .setDnsResolver(resolver)
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.STRICT)
                // The connection used last is the one least likely to have been closed by the server.
                .setConnPoolPolicy(PoolReusePolicy.LIFO)
                .setMaxConnTotal(settings.maxConnections())
                .setMaxConnPerRoute(settings.maxConnectionsPerRoute())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                        .setTimeToLive(TimeValue.of(settings.connectionLife()))
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .build())
                // One exchange a connection: no head-of-line surprises, one set of limits.
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                        .build())
                .build();
    }

    private static IOReactorConfig reactor(HttpSettings settings) {
        return IOReactorConfig.custom()
                .setIoThreadCount(settings.ioThreads())
                .setTcpNoDelay(true)
                .setSoKeepAlive(true)
                .build();
    }

    /**
     * How one call is made. Its end is our own deadline; the later ones here are for an exchange that missed
     * its cancellation, which the client can lose while a connection is being made.
     */
    static RequestConfig request(HttpSettings settings, Duration timeout) {
        Timeout most = Timeout.ofMilliseconds(Math.max(0, timeout.toMillis()) + 1000);
        return RequestConfig.custom()
                .setConnectionRequestTimeout(most)
                .setResponseTimeout(most)
                .setDefaultKeepAlive(settings.idleTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .setAuthenticationEnabled(false)
                .setRedirectsEnabled(false)
                .setContentCompressionEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .build();
    }

    /** A second less than the server grants, so that we are never the one who comes too late; at most our own limit. */
    private static ConnectionKeepAliveStrategy keepAlive(HttpSettings settings) {
        TimeValue most = TimeValue.of(settings.idleTimeout());
        return (response, context) -> {
            TimeValue granted = DefaultConnectionKeepAliveStrategy.INSTANCE.getKeepAliveDuration(response, context);
            if (granted == null || granted.getDuration() < 0) {
                return most;
            }
            TimeValue safe = TimeValue.ofMilliseconds(Math.max(1, granted.toMilliseconds() - 1000));
            return safe.compareTo(most) < 0 ? safe : most;
        };
    }

    /** Letters of any script travel as UTF-8; an answer's odd bytes must not break the call. */
    private static CharCodingConfig utf8() {
        return CharCodingConfig.custom()
                .setCharset(StandardCharsets.UTF_8)
                .setMalformedInputAction(CodingErrorAction.REPLACE)
                .setUnmappableInputAction(CodingErrorAction.REPLACE)
                .build();
    }
}
