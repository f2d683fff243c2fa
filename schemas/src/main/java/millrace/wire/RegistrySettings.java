package millrace.wire;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where the schema registry is and how long it may take.
 *
 * @param urls base URLs, each with its path (such as {@code http://h:8080/apis/ccompat/v7}); tried in turn, sticky to the last that
 *     answered; one {@code mock://name} stands for the in-memory registry of that name
 * @param auth sent with every request, if present
 * @param connectTimeout of one attempt
 * @param responseTimeout of one attempt, between two packets
 * @param totalTimeout of one operation with all its attempts; below {@value #TRANSACTION_TIMEOUT_MILLIS} ms, the transaction timeout
 *     that a blocking look-up must never outlast
 * @param rounds over all URLs before an operation gives up, 1 to 10
 * @param unknownFor how long an id that the registry does not know is answered from memory
 * @param maxAnswerBytes of one answer
 */
public record RegistrySettings(
        List<URI> urls,
        Optional<BasicAuth> auth,
        Duration connectTimeout,
        Duration responseTimeout,
        Duration totalTimeout,
        int rounds,
        Duration unknownFor,
        int maxAnswerBytes) {

    static final int TRANSACTION_TIMEOUT_MILLIS = 3_000;
    static final String MOCK = "mock";

    public RegistrySettings {
        urls = urls.stream().map(RegistrySettings::checked).toList();
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("registry needs at least one URL");
        }
        if (urls.size() > 1 && urls.stream().anyMatch(url -> MOCK.equals(url.getScheme()))) {
            throw new IllegalArgumentException("a mock:// registry stands alone, there are " + urls.size() + " URLs");
        }
        positive("connect timeout", connectTimeout);
        positive("response timeout", responseTimeout);
        positive("total timeout", totalTimeout);
        positive("time that an unknown id is remembered", unknownFor);
        if (totalTimeout.toMillis() >= TRANSACTION_TIMEOUT_MILLIS) {
            throw new IllegalArgumentException("registry total timeout is " + totalTimeout.toMillis()
                    + " ms, must be below the transaction timeout of " + TRANSACTION_TIMEOUT_MILLIS + " ms");
        }
        if (rounds < 1 || rounds > 10) {
            throw new IllegalArgumentException("registry rounds is " + rounds + ", must be 1 to 10");
        }
        if (maxAnswerBytes < 1_024) {
            throw new IllegalArgumentException(
                    "registry answer limit is " + maxAnswerBytes + " bytes, must be at least 1024");
        }
    }

    /** The defaults for these URLs: 500 ms to connect, 1 s to respond, 1.5 s in all, 3 rounds, unknown ids for 60 s, 4 MiB. */
    public static RegistrySettings of(String... urls) {
        return new RegistrySettings(
                List.of(urls).stream().map(RegistrySettings::parsed).toList(),
                Optional.empty(),
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofMillis(1_500),
                3,
                Duration.ofSeconds(60),
                4 << 20);
    }

    public RegistrySettings withAuth(BasicAuth basicAuth) {
        return new RegistrySettings(
                urls,
                Optional.of(basicAuth),
                connectTimeout,
                responseTimeout,
                totalTimeout,
                rounds,
                unknownFor,
                maxAnswerBytes);
    }

    public RegistrySettings withTimeouts(Duration connect, Duration response, Duration total) {
        return new RegistrySettings(urls, auth, connect, response, total, rounds, unknownFor, maxAnswerBytes);
    }

    public RegistrySettings withRounds(int roundsOverAllUrls) {
        return new RegistrySettings(
                urls,
                auth,
                connectTimeout,
                responseTimeout,
                totalTimeout,
                roundsOverAllUrls,
                unknownFor,
                maxAnswerBytes);
    }

    public RegistrySettings withUnknownFor(Duration remembered) {
        return new RegistrySettings(
                urls, auth, connectTimeout, responseTimeout, totalTimeout, rounds, remembered, maxAnswerBytes);
    }

    public RegistrySettings withMaxAnswerBytes(int bytes) {
        return new RegistrySettings(
                urls, auth, connectTimeout, responseTimeout, totalTimeout, rounds, unknownFor, bytes);
    }

    private static URI parsed(String url) {
        try {
            return URI.create(url.strip());
        } catch (IllegalArgumentException e) {
            // Neither the text nor the cause is shown: a mistyped URL may hold a password.
            throw new IllegalArgumentException("registry URL cannot be parsed");
        }
    }

    private static URI checked(URI url) {
        if (url.getRawUserInfo() != null
                || String.valueOf(url.getRawAuthority()).contains("@")) {
            throw new IllegalArgumentException("registry URL for host " + url.getHost()
                    + " holds a user or password; configure them apart from it");
        }
        String scheme = String.valueOf(url.getScheme());
        if (!scheme.equals("http") && !scheme.equals("https") && !scheme.equals(MOCK)) {
            throw new IllegalArgumentException("registry URL " + url + " must begin with http://, https:// or mock://");
        }
        if (url.getAuthority() == null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "registry URL " + url + " must be a host with an optional port and path");
        }
        String text = url.toString();
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : url;
    }

    private static void positive(String what, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(
                    "registry " + what + " is " + value.toMillis() + " ms, must be positive");
        }
    }
}
