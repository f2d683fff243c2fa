package millrace.upstream;

import java.util.concurrent.CompletionStage;

/**
 * Somebody who may have an ad. The stage completes on a thread of the upstream room, always normally, at the call's
 * deadline at the latest; cancelling it ends the call. Never fires an impression.
 */
public interface Upstream {
    CompletionStage<Resolution> resolve(UpstreamCall call);
}
