package millrace.budget;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import millrace.catalog.Catalog;
import millrace.schemas.BudgetEntry;
import millrace.schemas.BudgetGrant;
import millrace.schemas.BudgetRequest;
import millrace.schemas.DeadLetter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The {@link Ledger} between one init and the next: its store, and in memory what the catalog said of each campaign. */
final class Bookkeeper {
    private static final Logger LOG = LoggerFactory.getLogger(Bookkeeper.class);
    private static final RecordMetadata NOWHERE = new Origin("", -1, -1);

    private final Catalog catalog;
    private final InstantSource clock;
    private final Ledger.Outlets outlets;
    private final ProcessorContext<String, SpecificRecord> context;
    private final KeyValueStore<String, LedgerEntry> entries;
    private final BudgetSettings settings;
    private final RollCall roll;
    private final Map<String, Watch> watched = new LinkedHashMap<>();
    private final LedgerMeters meters;

    /**
     * What is known of a campaign without reading its entry.
     *
     * @param restless the clock alone may change something: money falls due, or a day begins
     */
    private record Watch(Funds funds, boolean restless) {}

    Bookkeeper(
            Catalog catalog,
            BudgetSettings settings,
            InstantSource clock,
            Ledger.Outlets outlets,
            ProcessorContext<String, SpecificRecord> context,
            LedgerMeters meters) {
        this.catalog = catalog;
        this.settings = settings;
        this.clock = clock;
        this.outlets = outlets;
        this.context = context;
        this.meters = meters;
        this.entries = context.getStateStore(Ledger.STORE);
        this.roll = RollCall.of(settings);
        try (KeyValueIterator<String, LedgerEntry> all = entries.all()) {
            while (all.hasNext()) {
                KeyValue<String, LedgerEntry> row = all.next();
                watched.put(row.key, new Watch(row.value.funds(), true));
            }
        }
        meters.campaigns(watched.size());
    }

    /** Somebody else keeps them now, or a later life. */
    void close() {
        meters.campaigns(-watched.size());
    }

    void book(Record<String, BudgetRequest> record) {
        try {
            book(record, checked(record));
        } catch (IllegalArgumentException | ArithmeticException absurd) {
            // Amounts that cannot be true, or that do not fit a long: nothing was written yet.
            refuse(record, String.valueOf(absurd.getMessage()));
        }
    }

    private void book(Record<String, BudgetRequest> record, Report report) {
        String campaign = record.key();
        Instant now = clock.instant();
        Funds funds = Funds.of(catalog.campaign(campaign), now);
        LedgerEntry stored = entries.get(campaign);
        LedgerEntry entry = stored == null ? LedgerEntry.begin(report.currency(), funds) : stored;
        switch (booking(campaign, entry, report, funds, now)) {
            case Booking.Booked booked -> {
                meters.booked();
                write(campaign, booked, report.currency(), now);
            }
            case Booking.Repeated repeated -> {
                meters.repeated();
                // Its answer may have been the last that was missing, so that others can be served.
                watched.computeIfPresent(campaign, (id, watch) -> watch(campaign, entry, now));
            }
            case Booking.Refused refused -> {
                write(campaign, refused.told(), report.currency(), now);
                refuse(record, refused.reason());
            }
        }
    }

    private Booking booking(String campaign, LedgerEntry entry, Report report, Funds funds, Instant now) {
        if (!roll.isCalled()) {
            return entry.book(report, funds, now, settings.catchUpPercent());
        }
        roll.answered(campaign, report);
        Set<Holder> holders = entry.holders(report.holder());
        return roll.isComplete(campaign, holders)
                ? entry.book(report, funds, now, settings.catchUpPercent())
                : entry.hear(report, funds, roll.toCall(campaign, holders, now));
    }

    /** Compares each campaign with the catalog; reads an entry only where they differ. */
    void recheck() {
        Instant now = clock.instant();
        for (Map.Entry<String, Watch> seen : watched.entrySet()) {
            Funds funds = Funds.of(catalog.campaign(seen.getKey()), now);
            boolean same =
                    funds.equals(seen.getValue().funds()) && !seen.getValue().restless();
            LedgerEntry entry = same ? null : entries.get(seen.getKey());
            if (entry != null) {
                recheck(seen, entry, funds, now);
            }
        }
    }

    private void recheck(Map.Entry<String, Watch> seen, LedgerEntry entry, Funds funds, Instant now) {
        try {
            Set<Holder> holders = entry.shares().keySet();
            Booking.Booked booked = roll.isComplete(seen.getKey(), holders)
                    ? entry.recheck(funds, now, settings.catchUpPercent())
                    : entry.call(funds, roll.toCall(seen.getKey(), holders, now));
            if (booked.entry().equals(entry)) {
                seen.setValue(watch(seen.getKey(), entry, now));
            } else {
                write(seen.getKey(), booked, entry.currency(), now);
            }
        } catch (ArithmeticException beyond) {
            // What is out fits no long any more: nothing more is granted, and nothing was written.
            LOG.atError()
                    .addKeyValue("campaign", seen.getKey())
                    .log("the ledger's amounts do not fit, so that nothing more is granted: {}", beyond.getMessage());
            seen.setValue(new Watch(funds, false));
        }
    }

    private Watch watch(String campaign, LedgerEntry entry, Instant now) {
        boolean whole = roll.isComplete(campaign, entry.shares().keySet());
        return new Watch(entry.funds(), !whole || entry.isRestless(now));
    }

    private void write(String campaign, Booking.Booked booked, String currency, Instant now) {
        entries.put(campaign, booked.entry());
        if (watched.put(campaign, watch(campaign, booked.entry(), now)) == null) {
            meters.campaigns(1);
        }
        long at = now.toEpochMilli();
        for (Line line : booked.lines()) {
            BudgetEntry entry = line.entry(campaign, booked.entry().currency(), at);
            context.forward(new Record<>(campaign, entry, at), outlets.entries());
        }
        for (Holder holder : booked.tell()) {
            BudgetGrant grant = grant(campaign, currency, holder, booked.entry(), at);
            meters.granted(grant.getVerdict());
            context.forward(new Record<>(campaign, grant, at), outlets.grants());
        }
    }

    private BudgetGrant grant(String campaign, String currency, Holder holder, LedgerEntry entry, long at) {
        Share share = entry.share(holder);
        return BudgetGrant.newBuilder()
                .setCampaign(campaign)
                .setPartition(holder.partition())
                .setBudgetDay(holder.day().number())
                .setSequence(share.told())
                .setGrantedNanos(share.grantedNanos())
                .setVerdict(share.verdict())
                .setCurrency(currency)
                .setLedger(roll.life())
                .setAt(at)
                .build();
    }

    private Report checked(Record<String, BudgetRequest> record) {
        @Nullable BudgetRequest request = record.value();
        if (request == null) {
            throw new IllegalArgumentException("the report is empty");
        }
        if (!request.getCampaign().equals(record.key())) {
            throw new IllegalArgumentException(
                    "campaign is " + request.getCampaign() + "; allowed is the record's key");
        }
        if (request.getPartition() < 0 || request.getPartition() >= outlets.partitions()) {
            throw new IllegalArgumentException(
                    "partition is " + request.getPartition() + "; allowed is 0 to " + (outlets.partitions() - 1));
        }
        return Report.of(request);
    }

    private void refuse(Record<String, BudgetRequest> record, String reason) {
        meters.refused();
        RecordMetadata origin = context.recordMetadata().orElse(NOWHERE);
        String key = origin.topic() + "-" + origin.partition() + "-" + origin.offset();
        DeadLetter letter = DeadLetter.newBuilder()
                .setReason("invalid")
                .setMessage("budget report: " + reason)
                .setStage("budget")
                .setTopic(origin.topic())
                .setPartition(origin.partition())
                .setOffset(origin.offset())
                .setTimestamp(record.timestamp())
                .setKey(bytes(record.key()))
                .setValue(null)
                .setTruncated(false)
                .setHeaders(Map.of())
                .build();
        context.forward(new Record<>(key, letter, record.timestamp()), outlets.deadLetters());
    }

    private static @Nullable ByteBuffer bytes(@Nullable String key) {
        return key == null ? null : ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8));
    }

    private record Origin(String topic, int partition, long offset) implements RecordMetadata {}
}
