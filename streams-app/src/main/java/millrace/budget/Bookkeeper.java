package millrace.budget;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import millrace.catalog.Catalog;
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

/** The {@link Ledger} between one init and the next: its store, and in memory what the catalog said of each campaign. */
final class Bookkeeper {
    private static final RecordMetadata NOWHERE = new Origin("", -1, -1);

    private final Catalog catalog;
    private final InstantSource clock;
    private final Ledger.Outlets outlets;
    private final ProcessorContext<String, SpecificRecord> context;
    private final KeyValueStore<String, LedgerEntry> entries;
    private final Map<String, Funds> watched = new LinkedHashMap<>();

    Bookkeeper(
            Catalog catalog,
            InstantSource clock,
            Ledger.Outlets outlets,
            ProcessorContext<String, SpecificRecord> context) {
        this.catalog = catalog;
        this.clock = clock;
        this.outlets = outlets;
        this.context = context;
        this.entries = context.getStateStore(Ledger.STORE);
        try (KeyValueIterator<String, LedgerEntry> all = entries.all()) {
            while (all.hasNext()) {
                KeyValue<String, LedgerEntry> row = all.next();
                watched.put(row.key, row.value.funds());
            }
        }
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
        Funds funds = Funds.of(catalog.campaign(campaign));
        LedgerEntry stored = entries.get(campaign);
        LedgerEntry entry = stored == null ? LedgerEntry.begin(report.currency(), funds) : stored;
        switch (entry.book(report, funds)) {
            case Booking.Booked booked -> write(campaign, booked, report.currency());
            case Booking.Repeated repeated -> {}
            case Booking.Refused refused -> {
                write(campaign, refused.told(), report.currency());
                refuse(record, refused.reason());
            }
        }
    }

    /** Compares each campaign with the catalog; reads an entry only where they differ. */
    void recheck() {
        for (Map.Entry<String, Funds> seen : watched.entrySet()) {
            Funds funds = Funds.of(catalog.campaign(seen.getKey()));
            LedgerEntry entry = funds.equals(seen.getValue()) ? null : entries.get(seen.getKey());
            if (entry != null) {
                write(seen.getKey(), entry.recheck(funds), entry.currency());
            }
        }
    }

    private void write(String campaign, Booking.Booked booked, String currency) {
        entries.put(campaign, booked.entry());
        watched.put(campaign, booked.entry().funds());
        long now = clock.millis();
        for (int partition : booked.tell()) {
            BudgetGrant grant = grant(campaign, currency, partition, booked.entry(), now);
            context.forward(new Record<>(campaign, grant, now), outlets.grants());
        }
    }

    private static BudgetGrant grant(String campaign, String currency, int partition, LedgerEntry entry, long now) {
        Share share = entry.share(partition);
        return BudgetGrant.newBuilder()
                .setCampaign(campaign)
                .setPartition(partition)
                .setSequence(share.told())
                .setGrantedNanos(share.grantedNanos())
                .setVerdict(share.verdict())
                .setCurrency(currency)
                .setAt(now)
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
