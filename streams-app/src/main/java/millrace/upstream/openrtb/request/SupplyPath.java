package millrace.upstream.openrtb.request;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import millrace.check.Fault;
import millrace.session.SessionContext;
import millrace.upstream.openrtb.json.Draft;
import millrace.upstream.openrtb.json.JsonFormat;
import millrace.upstream.openrtb.json.Limits;
import millrace.upstream.openrtb.json.Reading;
import millrace.upstream.openrtb.json.Shape;
import millrace.upstream.openrtb.model.Source;
import millrace.upstream.openrtb.model.SupplyChain;
import millrace.upstream.openrtb.model.SupplyChainNode;
import org.jspecify.annotations.Nullable;

/**
 * Where the request comes from (OpenRTB 2.6, 3.2.2), and who has handed it on: our own node comes last, what was there before stays as it
 * was (SupplyChain 1.0).
 */
final class SupplyPath {
    private static final Shape<Source> SOURCE = Shape.of(Source.class);
    private static final Shape<SupplyChain> CHAIN = Shape.of(SupplyChain.class);
    private static final Shape<SupplyChainNode> NODE = Shape.of(SupplyChainNode.class);
    private static final JsonFormat<SupplyChain> CHAINS = new JsonFormat<>(CHAIN, Limits.USUAL);
    private static final String VERSION = "1.0";

    private SupplyPath() {}

    static Source of(millrace.schemas.@Nullable Source source, SessionContext context, Optional<SellerNode> own) {
        millrace.schemas.Source known =
                source == null ? millrace.schemas.Source.newBuilder().build() : source;
        return SOURCE.draft()
                .set("fd", known.getFinalDecision())
                .set("tid", known.getTransactionId() == null ? context.correlator() : known.getTransactionId())
                .set("pchain", known.getPaymentChain())
                .set("schain", chain(before(known.getSupplyChain()), own, context))
                .make();
    }

    /** The same with our node in its chain. */
    static Source continued(@Nullable Source source, SessionContext context, Optional<SellerNode> own) {
        Draft<Source> draft = source == null ? SOURCE.draft() : SOURCE.draft(source);
        return draft.set("schain", chain(source == null ? null : source.schain(), own, context))
                .make();
    }

    private static @Nullable SupplyChain chain(
            @Nullable SupplyChain before, Optional<SellerNode> own, SessionContext context) {
        if (own.isEmpty()) {
            return before;
        }
        List<SupplyChainNode> nodes = new ArrayList<>();
        if (before != null && before.nodes() != null) {
            nodes.addAll(before.nodes());
        }
        nodes.add(NODE.draft()
                .set("asi", own.get().asi())
                .set("sid", own.get().sid())
                .set("rid", context.requestId())
                .set("hp", 1)
                .make());
        // A chain that begins with us is complete; one that we are handed says itself whether it is.
        return before == null
                ? CHAIN.draft()
                        .set("complete", 1)
                        .set("nodes", nodes)
                        .set("ver", VERSION)
                        .make()
                : CHAIN.draft(before).set("nodes", nodes).make();
    }

    /** One that cannot be read is none. */
    private static @Nullable SupplyChain before(@Nullable String json) {
        return json == null
                        || !(CHAINS.read(json.getBytes(StandardCharsets.UTF_8))
                                instanceof Reading.Document<SupplyChain>(SupplyChain chain, List<Fault> faults))
                        || !faults.isEmpty()
                ? null
                : chain;
    }
}
