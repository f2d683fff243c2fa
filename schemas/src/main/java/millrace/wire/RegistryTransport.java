package millrace.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/** One request to one URL: no retry, no redirect, a bounded answer. Blocks its thread; {@link RegistryClient} bounds the time. */
final class RegistryTransport implements AutoCloseable {

    static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    private final RegistrySettings settings;
    private final CloseableHttpClient http;

    RegistryTransport(RegistrySettings settings, int connections) {
        this.settings = settings;
        this.http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnTotal(connections)
                        .setMaxConnPerRoute(connections)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                                .setTimeToLive(Timeout.ofMinutes(5))
                                .build())
                        .build())
                .disableAutomaticRetries()
                // A redirect would carry the credentials elsewhere.
                .disableRedirectHandling()
                .disableCookieManagement()
                .setUserAgent("millrace")
                .build();
    }

    /**
     * @param within what is left of the operation's time
     * @param started is given the request, so that the caller can cancel it from another thread
     * @throws IOException for anything but an HTTP answer of bounded size
     */
    RegistryAnswer send(URI base, RegistryRequest request, Duration within, Consumer<HttpUriRequestBase> started)
            throws IOException {
        var call = new HttpUriRequestBase(request.method().name(), URI.create(base + request.path()));
        call.setHeader(HttpHeaders.ACCEPT, CONTENT_TYPE + ", application/json");
        settings.auth().ifPresent(auth -> call.setHeader(HttpHeaders.AUTHORIZATION, auth.header()));
        request.body().ifPresent(body -> call.setEntity(new StringEntity(body, ContentType.create(CONTENT_TYPE))));
        call.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(within))
                .setResponseTimeout(Timeout.of(shorter(settings.responseTimeout(), within)))
                .build());
        started.accept(call);
        return http.execute(call, response -> new RegistryAnswer(base, response.getCode(), bounded(response)));
    }

    private String bounded(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return "";
        }
        try (InputStream content = entity.getContent()) {
            byte[] bytes = content.readNBytes(settings.maxAnswerBytes() + 1);
            if (bytes.length > settings.maxAnswerBytes()) {
                throw new IOException("answer is longer than " + settings.maxAnswerBytes() + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    @Override
    public void close() {
        http.close(CloseMode.IMMEDIATE);
    }
}
