package millrace.gateway;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import millrace.gateway.http.Call;
import millrace.gateway.http.Clients;
import millrace.gateway.http.Handler;
import millrace.gateway.http.Origins;
import millrace.gateway.http.Page;
import millrace.gateway.http.Rates;

/** Which door a call goes to, and who may go through it how often. */
final class Doors implements Handler {
    private final Map<String, Door> byPath;
    private final Door events;
    private final Origins origins;

    /**
     * @param methods that it takes, beside OPTIONS
     * @param limited told of each call that is one too many
     */
    record Door(List<String> methods, Handler handler, Rates rates, Runnable limited) {}

    /**
     * @param byPath doors of one path each
     * @param events the one of all paths that begin as its own
     */
    Doors(Map<String, Door> byPath, Door events, Origins origins) {
        this.byPath = Map.copyOf(byPath);
        this.events = events;
        this.origins = origins;
    }

    @Override
    public void handle(Call call, Consumer<Page> respond) {
        Consumer<Page> open = page -> respond.accept(origins.open(page, call.header("origin")));
        Optional<Door> door = door(call.path());
        if (door.isEmpty()) {
            open.accept(
                    Page.text(404, "no such page; there are /vast, /vmap, /openrtb2/auction, /v1/ads and /e/TOKEN"));
        } else if (call.method().equals("OPTIONS")) {
            open.accept(origins.preflight());
        } else if (!door.get().methods().contains(call.method())) {
            String allowed = String.join(", ", door.get().methods());
            open.accept(Page.text(405, "allowed is " + allowed).with("Allow", allowed));
        } else if (!door.get().rates().admits(Clients.limitedAs(call.client()))) {
            door.get().limited().run();
            open.accept(Page.text(429, "too many requests from this address").with("Retry-After", "1"));
        } else {
            door.get().handler().handle(call, open);
        }
    }

    private Optional<Door> door(String path) {
        return path.startsWith(EventDoor.PREFIX) ? Optional.of(events) : Optional.ofNullable(byPath.get(path));
    }
}
