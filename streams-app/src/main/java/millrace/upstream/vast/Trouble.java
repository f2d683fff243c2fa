package millrace.upstream.vast;

import java.util.Optional;
import millrace.upstream.UpstreamFailure;
import millrace.upstream.vast.document.VastCode;

/**
 * Why an ad came to nothing.
 *
 * @param code VAST error code (VAST 4.3, 2.3.6.3)
 * @param failure present when an answer failed, absent when it was proper but of no use
 */
public record Trouble(int code, String reason, Optional<UpstreamFailure> failure) {
    static Trouble of(int code, String reason) {
        return new Trouble(code, reason, Optional.empty());
    }

    static Trouble of(int code, UpstreamFailure failure) {
        return new Trouble(code, failure.message(), Optional.of(failure));
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
