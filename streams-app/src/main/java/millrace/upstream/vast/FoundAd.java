package millrace.upstream.vast;

import millrace.upstream.vast.document.VastAd;

/**
 * An ad that fits, and the way to it.
 *
 * @param sequence its place in the pod, 0 when it stands alone
 */
record FoundAd(WrapperPath path, VastAd.InLine inline, SlotFit.Verdict.Fits fits, int sequence) {
    /** In a pod behind a member of an outer one it takes that member's place; several stay in inner order. */
    FoundAd at(int place) {
        return new FoundAd(path, inline, fits, place);
    }

    MergedAd merged() {
        return MergedAd.of(path, inline, sequence, fits);
    }
}
