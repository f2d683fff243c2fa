package millrace.wire;

import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** The registry's URLs as a ring that begins at the one that answered last. */
final class RegistryUrls {

    private final List<URI> urls;
    private final AtomicInteger lastGood = new AtomicInteger();

    RegistryUrls(List<URI> urls) {
        this.urls = List.copyOf(urls);
    }

    /** All URLs, the last good one first. */
    List<URI> inTurn() {
        int start = lastGood.get();
        return IntStream.range(0, urls.size())
                .mapToObj(i -> urls.get((start + i) % urls.size()))
                .toList();
    }

    void answered(URI url) {
        lastGood.set(urls.indexOf(url));
    }
}
