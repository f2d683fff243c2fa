package millrace.devkit.upstreams;

import java.util.ArrayList;
import java.util.List;
import millrace.devkit.http.Request;
import millrace.devkit.http.Response;

/** A tag's documents, rendered once and served in turn. */
final class VastTag implements Protocol {

    private static final String XML = "application/xml; charset=utf-8";

    /** One for all: a document for each call that is not read to its end would fill the heap of the harness's upstreams. */
    private static final class Oversized {
        private static final Response DOCUMENT =
                xml("<VAST version=\"4.2\"/><!-- " + "x".repeat(OVERSIZED_BYTES) + " -->");
    }

    private final VastMarkup markup;
    private final List<Response> inlines;
    private final List<Response> wrappers;
    private int turn;

    /** @param self this tag's own URL */
    VastTag(Content content, VastMarkup markup, String self) {
        this.markup = markup;
        switch (content) {
            case Content.Inventory inventory -> {
                this.inlines = inlines(inventory);
                this.wrappers = wrappers(inventory.wrappers(), self);
            }
            case Content.Elsewhere elsewhere -> {
                this.inlines = List.of();
                this.wrappers = List.of(xml(markup.wrapper(1, elsewhere.tagUri())));
            }
        }
    }

    @Override
    public Response content(Request request) {
        return hop(0);
    }

    /** The document that many hops behind the entrance. */
    Response hop(int hop) {
        if (hop < wrappers.size()) {
            return wrappers.get(hop);
        }
        return inlines.isEmpty() ? Response.of(404) : inlines.get(turn++ % inlines.size());
    }

    @Override
    public Response empty(Request request) {
        return xml(markup.empty());
    }

    @Override
    public Response unfilled(Request request) {
        return empty(request);
    }

    @Override
    public Response malformed(Request request) {
        String whole = markup.empty();
        return xml(whole.substring(0, whole.length() * 2 / 3));
    }

    @Override
    public Response oversized(Request request) {
        return Oversized.DOCUMENT;
    }

    private List<Response> inlines(Content.Inventory inventory) {
        int count = inventory.ads().size();
        List<Response> documents = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            List<SimulatedAd> pod = new ArrayList<>();
            for (int j = 0; j < inventory.pod(); j++) {
                pod.add(inventory.ads().get((i * inventory.pod() + j) % count));
            }
            documents.add(xml(markup.inline(pod)));
        }
        return documents;
    }

    private List<Response> wrappers(int count, String self) {
        List<Response> documents = new ArrayList<>(count);
        for (int hop = 1; hop <= count; hop++) {
            documents.add(xml(markup.wrapper(hop, self + "/hop/" + hop)));
        }
        return documents;
    }

    private static Response xml(String document) {
        return Response.of(200, XML, document);
    }
}
