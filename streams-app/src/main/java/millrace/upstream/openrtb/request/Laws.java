package millrace.upstream.openrtb.request;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import millrace.schemas.Consent;
import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.json.Shape;
import millrace.upstream.openrtb.model.Regs;
import org.jspecify.annotations.Nullable;

/** What the law says (OpenRTB 2.6, 3.2.3), passed on as we were told it. */
final class Laws {
    private static final Shape<Regs> REGS = Shape.of(Regs.class);
    private static final JsonMapper MAPPER = new JsonMapper();

    private Laws() {}

    static @Nullable Regs of(@Nullable Consent consent) {
        if (consent == null) {
            return null;
        }
        return REGS.draft()
                .set("coppa", consent.getCoppa())
                .set("gdpr", consent.getGdpr())
                .set("us_privacy", consent.getUsPrivacy())
                .set("gpp", consent.getGpp())
                .set("gpp_sid", Written.list(consent.getGppSections()))
                .set("ext", ext(consent))
                .make();
    }

    /** The Digital Services Act stands in an extension (dsa), beside whatever the request has there. */
    private static @Nullable Json ext(Consent consent) {
        Json own = Written.ext(consent.getExt());
        if (consent.getDsaRequired() == null && consent.getDsaPublisherRenders() == null) {
            return own;
        }
        ObjectNode all = Optional.ofNullable(own)
                .flatMap(Json::tree)
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .orElseGet(MAPPER::createObjectNode);
        ObjectNode dsa = all.withObjectProperty("dsa");
        Optional.ofNullable(consent.getDsaRequired()).ifPresent(required -> dsa.put("dsarequired", required));
        Optional.ofNullable(consent.getDsaPublisherRenders()).ifPresent(renders -> dsa.put("pubrender", renders));
        return Json.of(all);
    }
}
