package millrace.upstream.openrtb.json;

import org.jspecify.annotations.Nullable;

/** Where in a document a reader is. A chain, so that a path is written only for a fault. */
public final class Place {
    private static final int SINGLE = -1;

    private final @Nullable Place above;
    private final String name;
    private final int index;

    private Place(@Nullable Place above, String name, int index) {
        this.above = above;
        this.name = name;
        this.index = index;
    }

    public static Place root(String name) {
        return new Place(null, name, SINGLE);
    }

    public Place in(String part) {
        return new Place(this, part, SINGLE);
    }

    public Place in(String part, int at) {
        return new Place(this, part, at);
    }

    /** As in {@code BidRequest.imp[0].video}. */
    @Override
    public String toString() {
        return written(new StringBuilder()).toString();
    }

    private StringBuilder written(StringBuilder path) {
        if (above != null) {
            above.written(path).append('.');
        }
        path.append(name);
        return index == SINGLE ? path : path.append('[').append(index).append(']');
    }
}
