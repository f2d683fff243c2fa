package millrace.connect.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import millrace.connect.row.Plain;
import millrace.connect.row.Pseudonyms;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * What each record changes in the read model. Pure: same record, same changes. Amounts are texts of whole nanos, since numbers in Redis
 * scripts and many clients are doubles.
 */
final class ReadModel {
    private final Keys keys;
    private final Pseudonyms pseudonyms;
    private final ObjectMapper json = new ObjectMapper();

    ReadModel(Keys keys, Pseudonyms pseudonyms) {
        this.keys = keys;
        this.pseudonyms = pseudonyms;
    }

    /**
     * Of a record of budget-ledger, the campaign's balance, and its day's if there is a daily budget.
     */
    List<Change> entry(Struct entry) {
        String campaign = entry.getString("campaign");
        List<Change> changes = new ArrayList<>();
        changes.add(balance(keys.budget(campaign), entry, entry.getStruct("total")));
        Struct day = entry.getStruct("day");
        if (day != null) {
            changes.add(balance(keys.budget(campaign, entry.getInt32("budgetDay")), entry, day));
        }
        return changes;
    }

    private static Change balance(String key, Struct entry, Struct balance) {
        long spent = balance.getInt64("spentNanos");
        long reserved = balance.getInt64("reservedNanos");
        long leased = balance.getInt64("leasedNanos");
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("currency", entry.getString("currency"));
        fields.put("spent_nanos", Long.toString(spent));
        fields.put("reserved_nanos", Long.toString(reserved));
        fields.put("leased_nanos", Long.toString(leased));
        Optional<Long> limit = Optional.ofNullable(balance.getInt64("limitNanos"));
        fields.put("limit_nanos", limit.map(Object::toString).orElse(""));
        fields.put(
                "remaining_nanos", limit.map(all -> Long.toString(all - spent)).orElse(""));
        fields.put(
                "ungranted_nanos",
                limit.map(all -> Long.toString(all - spent - reserved - leased)).orElse(""));
        fields.put("at", Long.toString(entry.getInt64("at")));
        return new Change.Balance(key, entry.getInt64("number"), fields);
    }

    List<Change> campaign(String id, Struct campaign) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("status", campaign.getString("status"));
        fields.put("advertiser", campaign.getString("advertiser"));
        fields.put("currency", campaign.getString("currency"));
        fields.put("price_cpm_micros", text(campaign.get("priceCpmMicros")));
        fields.put("budget_nanos", text(campaign.get("budgetNanos")));
        fields.put("daily_budget_nanos", text(campaign.get("dailyBudgetNanos")));
        fields.put("starts_at", text(campaign.get("startsAt")));
        fields.put("ends_at", text(campaign.get("endsAt")));
        fields.put("caps", written(Objects.requireNonNull(Plain.of(campaign.getArray("caps")))));
        return List.of(new Change.Terms(keys.campaign(id), fields));
    }

    /** A removed campaign. Its balance stays for a while: what was reserved may still be spent. */
    List<Change> removed(String id) {
        return List.of(new Change.Ended(keys.campaign(id)));
    }

    /** Of served-ads. House and test ads count in no cap, nor do those of nobody. */
    List<Change> served(Struct ad) {
        return ad.getBoolean("house") || ad.getBoolean("test")
                ? List.of()
                : user(ad)
                        .<Change>map(user -> new Change.Held(
                                keys.held(user), keys.shown(user), counted(ad), ad.getInt64("expiresAt")))
                        .stream()
                        .toList();
    }

    /** Of impressions; also of those that came too late to be billed: the user has seen the ad. */
    List<Change> impression(Struct shown) {
        return "FREE".equals(shown.getString("verdict"))
                ? List.of()
                : user(shown)
                        .<Change>map(user -> new Change.Shown(
                                keys.shown(user), keys.held(user), counted(shown), shown.getInt64("servedAt")))
                        .stream()
                        .toList();
    }

    private Optional<String> user(Struct record) {
        return Optional.of(pseudonyms.of(record.getString("userKey"))).filter(user -> !user.isEmpty());
    }

    /** The same text of an ad and of its impression, so that one takes the place of the other. */
    private String counted(Struct record) {
        return written(List.of(
                record.getString("id"),
                record.getInt64("servedAt").toString(),
                text(record.get("campaign")),
                record.getString("creative"),
                text(record.get("advertiser")),
                record.getString("placement"),
                text(record.get("upstream"))));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private String written(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new DataException("cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }
}
