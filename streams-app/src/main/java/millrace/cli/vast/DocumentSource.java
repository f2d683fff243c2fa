package millrace.cli.vast;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import millrace.upstream.UpstreamFailure;
import millrace.upstream.http.CookieJar;
import millrace.upstream.http.HttpCall;
import millrace.upstream.http.HttpHeaders;
import millrace.upstream.http.HttpOutcome;
import millrace.upstream.http.HttpSettings;
import millrace.upstream.http.NameLookup;
import millrace.upstream.http.PooledHttpExchange;
import millrace.upstream.http.Url;
import millrace.upstream.vast.document.VastCode;
import millrace.upstream.vast.reader.DocumentReader;

/**
 * Where a command finds a document: a file, standard input or a URL. URLs are asked for as the pipeline does, past the same
 * guard, with the same limits.
 */
final class DocumentSource implements AutoCloseable {
    /** What came of looking. */
    sealed interface Found {
        @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared or changed.
        record Bytes(byte[] bytes) implements Found {}

        /** @param code of VAST: 301 nobody there or too late, 303 an answer with nothing in it */
        record NotAnswered(int code, String reason) implements Found {}

        record NotThere(String reason) implements Found {}
    }

    private final HttpSettings settings;
    private final Duration timeout;
    private final InstantSource clock;
    private Optional<PooledHttpExchange> http = Optional.empty();

    DocumentSource(HttpSettings settings, Duration timeout, InstantSource clock) {
        this.settings = settings;
        this.timeout = timeout;
        this.clock = clock;
    }

    Found find(String source) {
        return source.contains("://") ? ask(source) : file(source);
    }

    @Override
    public void close() {
        http.ifPresent(PooledHttpExchange::close);
    }

    private Found file(String name) {
        if (name.isBlank()) {
            return new Found.NotThere("no such file");
        }
        // One byte more than is read, so that a longer file is refused for its length.
        int most = settings.maxResponseBytes() + 1;
        try (InputStream in = name.equals("-") ? System.in : Files.newInputStream(Path.of(name))) {
            return new Found.Bytes(in.readNBytes(most));
        } catch (InvalidPathException e) {
            return new Found.NotThere("no such file");
        } catch (IOException e) {
            return new Found.NotThere(Unread.why(e));
        }
    }

    private Found ask(String text) {
        try {
            Url url = Url.parse(text);
            HttpHeaders headers =
                    HttpHeaders.builder().add("User-Agent", "Millrace/0.1").build();
            CookieJar cookies = new CookieJar(Map.of(), url, clock);
            return found(opened().exchange(HttpCall.get(url, headers, timeout, cookies))
                    .join());
        } catch (Url.Refusal e) {
            return new Found.NotThere(String.valueOf(e.getMessage()));
        }
    }

    private PooledHttpExchange opened() {
        PooledHttpExchange open = http.orElseGet(() -> new PooledHttpExchange(settings, NameLookup.SYSTEM, clock));
        http = Optional.of(open);
        return open;
    }

    private static Found found(HttpOutcome outcome) {
        return switch (outcome) {
            case HttpOutcome.Broken(UpstreamFailure failure) ->
                new Found.NotAnswered(VastCode.TIMEOUT, failure.message());
            case HttpOutcome.Reply reply
            when reply.status() < 200 || reply.status() > 299 ->
                new Found.NotAnswered(VastCode.TIMEOUT, "status " + reply.status());
            case HttpOutcome.Reply reply
            when reply.status() == 204 || DocumentReader.isBlank(reply.body()) ->
                new Found.NotAnswered(VastCode.NO_AD, "an answer with nothing in it");
            case HttpOutcome.Reply reply -> new Found.Bytes(reply.body());
        };
    }
}
