package millrace.upstream.vast;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import millrace.upstream.http.Url;
import millrace.upstream.vast.document.AdBreak;
import millrace.upstream.vast.document.AdSource;
import millrace.upstream.vast.document.VastAd;

/**
 * The way from the first document to where we are.
 *
 * @param scheduled the break of a schedule that we are in, when the tag answered with one
 * @param wrappers outer first
 * @param visited URLs asked for on the way
 * @param macros the request's, with the categories that the wrappers block
 */
record WrapperPath(
        Optional<AdBreak> scheduled, List<VastAd.Wrapper> wrappers, List<String> visited, RequestMacros macros) {
    WrapperPath {
        wrappers = List.copyOf(wrappers);
        visited = List.copyOf(visited);
    }

    static WrapperPath root(RequestMacros macros, Url first) {
        return new WrapperPath(Optional.empty(), List.of(), List.of(first.toString()), macros);
    }

    WrapperPath through(VastAd.Wrapper wrapper) {
        return new WrapperPath(
                scheduled, plus(wrappers, wrapper), visited, macros.blocking(wrapper.blockedCategories()));
    }

    WrapperPath within(AdBreak adBreak) {
        return new WrapperPath(Optional.of(adBreak), wrappers, visited, macros);
    }

    WrapperPath asking(Url url) {
        return new WrapperPath(scheduled, wrappers, plus(visited, url.toString()), macros);
    }

    boolean hasAsked(Url url) {
        return visited.contains(url.toString());
    }

    /** Whether this is where the tag itself leads. */
    boolean isTag() {
        return scheduled.isEmpty() && wrappers.isEmpty();
    }

    /** Whether the answer may be a wrapper again, by the wrapper or break that led here. */
    boolean mayFollow() {
        return wrappers.isEmpty()
                ? source().flatMap(AdSource::follow).orElse(true)
                : wrappers.getLast().follow();
    }

    /** Whether all ads of the answer may be used: always of the first document, unless its break says otherwise. */
    boolean mayTakeAll() {
        return wrappers.isEmpty()
                ? source().map(AdSource::multiple).orElse(true)
                : wrappers.getLast().multiple();
    }

    private Optional<AdSource> source() {
        return scheduled.flatMap(AdBreak::source);
    }

    Stream<String> errors() {
        return wrappers.stream().flatMap(w -> w.errors().stream());
    }

    /** What the break is owed for an error in it; VMAP has another name for the code's macro (VMAP 1.0.1, 2.5). */
    List<String> breakErrors() {
        return scheduled.stream()
                .flatMap(adBreak -> adBreak.tracking().stream())
                .filter(tracking -> tracking.event().equals("error"))
                .map(tracking -> tracking.url().replace("[ERROR_CODE]", "[ERRORCODE]"))
                .toList();
    }

    private static <T> List<T> plus(List<T> list, T more) {
        List<T> longer = new ArrayList<>(list);
        longer.add(more);
        return longer;
    }
}
