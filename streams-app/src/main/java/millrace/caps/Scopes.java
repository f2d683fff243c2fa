package millrace.caps;

import java.util.List;
import millrace.schemas.CapScope;

/** Numbers of the scopes in what is stored; fixed here, so that the enumeration may be reordered. */
final class Scopes {
    static final List<CapScope> ALL = List.of(CapScope.values());

    private Scopes() {}

    static int code(CapScope scope) {
        return switch (scope) {
            case CAMPAIGN -> 0;
            case CREATIVE -> 1;
            case ADVERTISER -> 2;
            case PLACEMENT -> 3;
            case UPSTREAM -> 4;
            case USER -> 5;
        };
    }

    static int bit(CapScope scope) {
        return 1 << code(scope);
    }
}
