package millrace.upstream.openrtb.request;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import millrace.schemas.Consent;
import millrace.schemas.DataSegment;
import millrace.schemas.ExtendedId;
import millrace.session.SessionContext;
import millrace.upstream.openrtb.json.Shape;
import millrace.upstream.openrtb.model.Data;
import millrace.upstream.openrtb.model.EID;
import millrace.upstream.openrtb.model.Segment;
import millrace.upstream.openrtb.model.UID;
import millrace.upstream.openrtb.model.User;
import org.jspecify.annotations.Nullable;

/** The viewer (OpenRTB 2.6, 3.2.20): who it is only where that may be told, and of a child nothing. */
final class UserObject {
    private static final Shape<User> USER = Shape.of(User.class);
    private static final Shape<EID> EID_SHAPE = Shape.of(EID.class);
    private static final Shape<UID> UID_SHAPE = Shape.of(UID.class);
    private static final Shape<Data> DATA = Shape.of(Data.class);
    private static final Shape<Segment> SEGMENT = Shape.of(Segment.class);
    /** What recognizes somebody. */
    private static final List<String> IDS = List.of("id", "buyeruid", "customdata", "eids", "ext");
    /** What is said of somebody. */
    private static final List<String> TRAITS = List.of("yob", "gender", "keywords", "kwarray", "data");

    private UserObject() {}

    static User of(
            millrace.schemas.@Nullable User user, @Nullable Consent consent, SessionContext context, Privacy privacy) {
        millrace.schemas.User known =
                user == null ? millrace.schemas.User.newBuilder().build() : user;
        User whole = USER.draft()
                .set("id", known.getId() == null ? context.userId().orElse(null) : known.getId())
                .set("yob", known.getYearOfBirth())
                .set("gender", known.getGender())
                .set("kwarray", Written.list(known.getKeywords()))
                .set("customdata", known.getCustomData())
                .set("geo", Places.of(known.getGeo(), privacy))
                .set("data", Written.list(data(known.getSegments())))
                .set(
                        "consent",
                        Optional.ofNullable(consent).map(Consent::getTcf).orElse(null))
                .set("eids", Written.list(eids(known.getExtendedIds())))
                .set("ext", Written.ext(known.getExt()))
                .make();
        return veiled(whole, privacy);
    }

    /** The same with no more than may be told. */
    static User veiled(User user, Privacy privacy) {
        if (privacy.mayLocate()) {
            return user;
        }
        var veiled = USER.draft(user).set("geo", Places.rough(user.geo(), privacy));
        if (privacy.mayIdentify()) {
            return veiled.make();
        }
        IDS.forEach(id -> veiled.set(id, null));
        if (privacy.child()) {
            TRAITS.forEach(trait -> veiled.set(trait, null));
        }
        return veiled.make();
    }

    static User withBuyerId(@Nullable User user, String buyerId) {
        return (user == null ? USER.draft() : USER.draft(user))
                .set("buyeruid", buyerId)
                .make();
    }

    /** One object for ids of one source that came the same way. */
    private static List<EID> eids(List<ExtendedId> ids) {
        Map<List<String>, List<ExtendedId>> bySource = new LinkedHashMap<>();
        for (ExtendedId id : ids) {
            List<String> way = List.of(
                    id.getSource(),
                    Objects.toString(id.getInserter(), ""),
                    Objects.toString(id.getMatcher(), ""),
                    Objects.toString(id.getMatchMethod(), ""));
            bySource.computeIfAbsent(way, _ -> new ArrayList<>()).add(id);
        }
        return bySource.values().stream().map(UserObject::eid).toList();
    }

    private static EID eid(List<ExtendedId> ids) {
        ExtendedId first = ids.getFirst();
        return EID_SHAPE
                .draft()
                .set("inserter", first.getInserter())
                .set("source", first.getSource())
                .set("matcher", first.getMatcher())
                .set("mm", first.getMatchMethod())
                .set(
                        "uids",
                        ids.stream()
                                .map(id -> UID_SHAPE
                                        .draft()
                                        .set("id", id.getId())
                                        .set("atype", id.getAgentType())
                                        .make())
                                .toList())
                .make();
    }

    private static List<Data> data(List<DataSegment> segments) {
        Map<String, List<DataSegment>> byProvider = new LinkedHashMap<>();
        segments.forEach(segment -> byProvider
                .computeIfAbsent(Objects.toString(segment.getProvider(), ""), _ -> new ArrayList<>())
                .add(segment));
        return byProvider.entrySet().stream()
                .map(provider -> DATA.draft()
                        .set("name", provider.getKey().isEmpty() ? null : provider.getKey())
                        .set(
                                "segment",
                                provider.getValue().stream()
                                        .map(UserObject::segment)
                                        .toList())
                        .make())
                .toList();
    }

    private static Segment segment(DataSegment segment) {
        return SEGMENT.draft()
                .set("id", segment.getId())
                .set("name", segment.getName())
                .set("value", segment.getValue())
                .make();
    }
}
