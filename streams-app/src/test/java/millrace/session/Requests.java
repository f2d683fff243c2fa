package millrace.session;

import millrace.schemas.AdRequest;
import org.apache.avro.util.ClassSecurityValidator;

/** Requests to test with. */
public final class Requests {
    static {
        // Avro makes instances of a class only when somebody vouches for it; the wire format does so in production.
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(),
                type -> type.getPackageName().equals("millrace.schemas")));
    }

    private Requests() {}

    public static AdRequest.Builder request(String id) {
        return AdRequest.newBuilder().setId(id).setPlacement("preroll");
    }
}
