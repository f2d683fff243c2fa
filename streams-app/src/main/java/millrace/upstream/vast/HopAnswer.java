package millrace.upstream.vast;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import millrace.upstream.UpstreamFailure;
import millrace.upstream.http.HttpOutcome;
import millrace.upstream.http.Url;
import millrace.upstream.vast.document.ParsedVast;
import millrace.upstream.vast.document.VastDocument;
import millrace.upstream.vast.document.VmapDocument;
import millrace.upstream.vast.reader.DocumentReader;

/** What came back from one URL of the chain. */
sealed interface HopAnswer {
    /** @param url what answered, after redirects; relative references are read against it */
    record Document(VastDocument document, Url url) implements HopAnswer {}

    /**
     * Breaks instead of ads. Only a tag may answer so.
     *
     * @param url as that of a document
     */
    record Schedule(VmapDocument schedule, Url url) implements HopAnswer {}

    /** A proper answer with nothing in it: 204, or no body. */
    record Empty() implements HopAnswer {}

    /** @param code 100, 101 or 102 */
    record Malformed(int code, String reason) implements HopAnswer {}

    record Lost(UpstreamFailure failure) implements HopAnswer {}

    /** It was not asked: over a limit, or there is nothing to ask. */
    record Unasked(int code, String reason) implements HopAnswer {}

    /** Why there is no document that could be used; a VAST error code. */
    default OptionalInt error() {
        return switch (this) {
            case Malformed(int code, String _) -> OptionalInt.of(code);
            case Lost(var failure) -> OptionalInt.of(Trouble.of(failure).code());
            case Unasked(int code, String _) -> OptionalInt.of(code);
            case Document d -> OptionalInt.empty();
            case Schedule s -> OptionalInt.empty();
            case Empty e -> OptionalInt.empty();
        };
    }

    /** What an HTTP exchange brought. */
    static HopAnswer read(HttpOutcome outcome, VastLimits limits) {
        return switch (outcome) {
            case HttpOutcome.Broken(var failure) -> new Lost(failure);
            case HttpOutcome.Reply reply
            when reply.status() < 200 || reply.status() > 299 ->
                new Lost(new UpstreamFailure.HttpStatus(
                        reply.status(), reply.url().host() + ": status " + reply.status()));
            case HttpOutcome.Reply reply
            when reply.status() == 204 || DocumentReader.isBlank(reply.body()) -> new Empty();
            case HttpOutcome.Reply reply -> parsed(reply.body(), reply.url(), limits);
        };
    }

    /** A document that nobody had to be asked for. */
    static HopAnswer read(String text, Url base, VastLimits limits) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return DocumentReader.isBlank(bytes) ? new Empty() : parsed(bytes, base, limits);
    }

    private static HopAnswer parsed(byte[] bytes, Url url, VastLimits limits) {
        return switch (DocumentReader.read(bytes, limits.document())) {
            case VastDocument document -> new Document(document, url);
            case VmapDocument schedule -> new Schedule(schedule, url);
            case ParsedVast.Malformed(int code, String reason) ->
                new Malformed(code, url.host() + ": " + code + ", " + reason);
        };
    }
}
