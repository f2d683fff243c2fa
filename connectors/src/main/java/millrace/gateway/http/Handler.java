package millrace.gateway.http;

import java.util.function.Consumer;

/** Answers calls. */
@FunctionalInterface
public interface Handler {

    /**
     * @param respond takes the page, once, on any thread; this need not wait for it
     */
    void handle(Call call, Consumer<Page> respond);
}
