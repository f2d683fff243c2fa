package millrace.upstream.vast;

import java.util.Optional;
import millrace.upstream.UpstreamFailure;
import millrace.upstream.vast.document.VastCode;
import millrace.upstream.vast.document.VmapCode;

/**
 * Why an ad came to nothing.
 *
 * @param code VAST error code (VAST 4.3, 2.3.6.3), or one of VMAP, from 1000 (VMAP 1.0.1, 2.5)
 * @param failure present when an answer failed, absent when it was proper but of no use
 */
public record Trouble(int code, String reason, Optional<UpstreamFailure> failure) {
    static Trouble of(int code, String reason) {
        return new Trouble(code, reason, Optional.empty());
    }

    static Trouble of(int code, UpstreamFailure failure) {
        return new Trouble(code, failure.message(), Optional.of(failure));
    }

    /** As it is told to people. */
    public String text() {
        return (code >= VmapCode.LEAST ? "VMAP " : "VAST ") + code + ": " + reason;
    }

    /** The code for a break whose own document came to this: VMAP has codes of its own for that, and takes VAST's for all else. */
    int toldToBreak() {
        return failure.map(why -> switch (why) {
                    case UpstreamFailure.Malformed m -> VmapCode.UNREADABLE;
                    case UpstreamFailure.TimedOut t -> VmapCode.TIMEOUT;
                    case UpstreamFailure.Refused r -> VmapCode.NOT_RETRIEVED;
                    case UpstreamFailure.Unreachable u -> VmapCode.NOT_RETRIEVED;
                    case UpstreamFailure.HttpStatus s -> VmapCode.NOT_RETRIEVED;
                    case UpstreamFailure.Cancelled c -> VmapCode.NOT_RETRIEVED;
                })
                .orElse(code);
    }

    /** No answer, or none that is a document. */
    static Trouble of(UpstreamFailure failure) {
        return of(
                switch (failure) {
                    case UpstreamFailure.Malformed m -> VastCode.XML_PARSING;
                    case UpstreamFailure.Refused r -> VastCode.WRAPPER;
                    case UpstreamFailure.TimedOut t -> VastCode.TIMEOUT;
                    case UpstreamFailure.Unreachable u -> VastCode.TIMEOUT;
                    case UpstreamFailure.HttpStatus s -> VastCode.TIMEOUT;
                    case UpstreamFailure.Cancelled c -> VastCode.TIMEOUT;
                },
                failure);
    }
}
