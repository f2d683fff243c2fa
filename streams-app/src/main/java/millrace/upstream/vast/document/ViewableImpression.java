package millrace.upstream.vast.document;

import java.util.List;

/** URLs that tell whether the ad could be seen (VAST 4.3, 3.5). */
public record ViewableImpression(
        String id, List<String> viewable, List<String> notViewable, List<String> undetermined) {
    public ViewableImpression {
        viewable = List.copyOf(viewable);
        notViewable = List.copyOf(notViewable);
        undetermined = List.copyOf(undetermined);
    }
}
