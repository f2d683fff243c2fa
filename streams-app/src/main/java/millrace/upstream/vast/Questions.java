package millrace.upstream.vast;

import millrace.upstream.UpstreamFailure;
import millrace.upstream.http.Url;
import millrace.upstream.vast.document.AdSource;
import millrace.upstream.vast.document.ParsedVast;
import millrace.upstream.vast.document.VastCode;
import millrace.upstream.vast.document.VastDocument;
import millrace.upstream.vast.document.VmapCode;
import millrace.upstream.vast.document.VmapDocument;

/** Makes the questions that wrappers and breaks lead to. What may not be asked, or need not be, is answered at once. */
record Questions(int maxWrappers) {

    /** @param path with the wrapper that leads there */
    Hop of(WrapperPath path, Url base, String uri) {
        if (uri.isEmpty()) {
            return answered(path, base, new HopAnswer.Unasked(VastCode.SCHEMA, "a Wrapper without VASTAdTagURI"));
        }
        try {
            Url url = base.resolve(path.macros().expand(uri));
            boolean tooDeep = path.wrappers().size() > maxWrappers;
            return tooDeep || path.hasAsked(url)
                    ? answered(path, url, new HopAnswer.Unasked(VastCode.WRAPPER_LIMIT, "wrapper limit reached"))
                    : new Hop(path.asking(url), url);
        } catch (Url.Refusal e) {
            String message = (path.wrappers().isEmpty() ? "break: " : "wrapper: ") + e.getMessage();
            return answered(path, base, new HopAnswer.Lost(new UpstreamFailure.Refused(message)));
        }
    }

    /** @param path within the break */
    Hop of(WrapperPath path, Url base, AdSource.Content content) {
        return switch (content) {
            case AdSource.Tag(String _, String uri) -> of(path, base, uri);
            case AdSource.Ads(ParsedVast parsed) -> answered(path, base, read(parsed, base));
            case AdSource.Custom custom ->
                answered(path, base, new HopAnswer.Unasked(VmapCode.TEMPLATE, "a break of CustomAdData"));
        };
    }

    private static HopAnswer read(ParsedVast parsed, Url base) {
        return switch (parsed) {
            case VastDocument document -> new HopAnswer.Document(document, base);
            case ParsedVast.Malformed(int code, String reason) -> new HopAnswer.Malformed(code, reason);
            case VmapDocument schedule -> new HopAnswer.Schedule(schedule, base);
        };
    }

    private static Hop answered(WrapperPath path, Url url, HopAnswer answer) {
        Hop hop = new Hop(path, url);
        hop.answered(answer);
        return hop;
    }
}
