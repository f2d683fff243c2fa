package millrace.upstream.vast;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import millrace.upstream.http.Url;
import millrace.upstream.vast.document.VastAd;

/**
 * The way from the first document to where we are.
 *
 * @param wrappers outer first
 * @param visited URLs asked for on the way
 * @param macros the request's, with the categories that the wrappers block
 */
record WrapperPath(List<VastAd.Wrapper> wrappers, List<String> visited, RequestMacros macros) {
    WrapperPath {
        wrappers = List.copyOf(wrappers);
        visited = List.copyOf(visited);
    }

    static WrapperPath root(RequestMacros macros, Url first) {
        return new WrapperPath(List.of(), List.of(first.toString()), macros);
    }

    WrapperPath through(VastAd.Wrapper wrapper) {
        return new WrapperPath(plus(wrappers, wrapper), visited, macros.blocking(wrapper.blockedCategories()));
    }

    WrapperPath asking(Url url) {
        return new WrapperPath(wrappers, plus(visited, url.toString()), macros);
    }

    boolean hasAsked(Url url) {
        return visited.contains(url.toString());
    }

    /** Whether the answer may be a wrapper again, by the wrapper that led here. */
    boolean mayFollow() {
        return wrappers.isEmpty() || wrappers.getLast().follow();
    }

    /** Whether all ads of the answer may be used: always of the first document. */
    boolean mayTakeAll() {
        return wrappers.isEmpty() || wrappers.getLast().multiple();
    }

    Stream<String> errors() {
        return wrappers.stream().flatMap(w -> w.errors().stream());
    }

    private static <T> List<T> plus(List<T> list, T more) {
        List<T> longer = new ArrayList<>(list);
        longer.add(more);
        return longer;
    }
}
