package millrace.notifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import millrace.notifier.NotifierMeters.What;
import millrace.notifier.Verdict.Patience;
import millrace.schemas.FiredNotice;
import millrace.schemas.FiringState;
import millrace.schemas.Notice;
import millrace.schemas.NoticeKind;
import millrace.topics.Topic;
import millrace.trace.TraceHeaders;
import millrace.upstream.http.CookieJar;
import millrace.upstream.http.HttpCall;
import millrace.upstream.http.HttpExchange;
import millrace.upstream.http.HttpHeaders;
import millrace.upstream.http.HttpOutcome;
import millrace.upstream.http.Url;
import millrace.wire.MalformedRecordException;
import millrace.wire.RegistryException;
import millrace.wire.WireReader;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads notices and calls their URLs. One thread does everything but the calls, whose ends it takes from a queue.
 *
 * <pre>
 *   notices ─► opened ─► called ─┬─► done: on notices-fired, and the watermark moves on
 *                ▲        ▲      ├─► again, after a pause
 *                │        │      └─► given up: on notices-fired and dead-letters
 *                └ a billing notice is called only once STARTED is committed for it
 * </pre>
 *
 * <p>Records, dead letters and offsets are one transaction. A crash before it leaves the offset where it was: what is called at least once is called
 * again. A billing notice that has STARTED on notices-fired is never called again, whoever reads it: so it is called at most once.
 */
final class Firing implements ConsumerRebalanceListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Firing.class);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration POLL_BUSY = Duration.ofMillis(5);
    private static final long BETWEEN_COMMITS_NANOS = 100_000_000L;
    private static final int REMEMBERED_BILLS = 100_000;

    private final Topic<Notice> topic;
    private final Consumer<byte[], byte[]> consumer;
    private final WireReader<Notice> reader;
    private final Written written;
    private final FiredLog log;
    private final HttpExchange exchange;
    private final Terms terms;
    private final NotifierMeters meters;

    private final Map<Integer, PartitionBook> books = new HashMap<>();
    private final HostGate gate;
    private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Due> again = new PriorityQueue<>(Comparator.comparingLong(Due::nanos));
    private final List<Owed> bills = new ArrayList<>();
    private final List<Written.Line> lines = new ArrayList<>();
    private final List<Written.Letter> letters = new ArrayList<>();
    private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    /** Ids of late: a pipeline that writes at least once may write one notice twice. */
    private final Map<String, Boolean> billed = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED_BILLS;
        }
    };

    private long lastCommit = System.nanoTime();
    private volatile int open;

    /**
     * How notices are called.
     *
     * @param timeout of one attempt
     * @param most open at a time
     */
    record Terms(Duration timeout, Patience patience, int hostCalls, int most, InstantSource clock) {}

    private record Ended(Owed owed, String host, HttpOutcome outcome) {}

    private record Due(Owed owed, long nanos) {}

    Firing(
            Topic<Notice> topic,
            Consumer<byte[], byte[]> consumer,
            WireReader<Notice> reader,
            Written written,
            FiredLog log,
            HttpExchange exchange,
            Terms terms,
            NotifierMeters meters) {
        this.topic = topic;
        this.consumer = consumer;
        this.reader = reader;
        this.written = written;
        this.log = log;
        this.exchange = exchange;
        this.terms = terms;
        this.meters = meters;
        this.gate = new HostGate(terms.hostCalls());
        consumer.subscribe(List.of(topic.name()), this);
    }

    /** Notices that are called or wait. Any thread may ask. */
    int open() {
        return open;
    }

    /**
     * One turn: reads, calls, takes what ended, commits.
     *
     * @throws org.apache.kafka.common.KafkaException when it has to begin anew: what was not committed did not happen
     */
    void step() {
        if (open >= terms.most()) {
            consumer.pause(consumer.assignment());
        } else {
            consumer.resume(consumer.paused());
        }
        boolean busy = !ended.isEmpty() || !bills.isEmpty() || !lines.isEmpty();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(busy ? POLL_BUSY : POLL)) {
            if (!read(record)) {
                break;
            }
        }
        takeEnded();
        callAgain();
        open = books.values().stream().mapToInt(PartitionBook::openCount).sum();
        long now = System.nanoTime();
        if (!bills.isEmpty() || now - lastCommit > BETWEEN_COMMITS_NANOS) {
            lastCommit = now;
            commit();
        }
    }

    /** @return false when it has to be read again, and what is behind it too */
    private boolean read(ConsumerRecord<byte[], byte[]> record) {
        PartitionBook book = books.get(record.partition());
        if (book == null) {
            return true;
        }
        Notice notice;
        try {
            notice = reader.readOrWait(record.value());
        } catch (MalformedRecordException e) {
            book.opened(record.offset());
            book.done(record.offset());
            meters.count(NoticeKind.OTHER, What.UNREADABLE);
            byte[] value = Objects.requireNonNullElse(record.value(), new byte[0]);
            letters.add(new Written.Letter(
                    "malformed",
                    String.valueOf(e.getMessage()),
                    record.partition(),
                    record.offset(),
                    record.timestamp(),
                    value));
            return true;
        } catch (RegistryException e) {
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("notices wait for the schema registry");
            rewind();
            return false;
        }
        book.opened(record.offset());
        Owed owed = new Owed(notice, record.partition(), record.offset(), book, TraceHeaders.read(record.headers()));
        if (book.wasBegun(notice.getId()) || (owed.isBilling() && isBilled(notice.getId()))) {
            meters.count(notice.getKind(), What.SKIPPED);
            book.done(record.offset());
        } else if (owed.isBilling()) {
            bills.add(owed);
        } else {
            call(owed);
        }
        return true;
    }

    private boolean isBilled(String id) {
        return billed.containsKey(id)
                || bills.stream().anyMatch(bill -> bill.notice().getId().equals(id));
    }

    /** Everything that was polled and not opened is polled again. */
    private void rewind() {
        books.forEach((partition, book) -> consumer.seek(new TopicPartition(topic.name(), partition), book.next()));
    }

    private void call(Owed owed) {
        Url url;
        try {
            url = Url.parse(owed.notice().getUrl());
        } catch (Url.Refusal e) {
            owed.begun();
            end(owed, new Verdict.GivenUp(0, "its URL cannot be called: " + e.getMessage()));
            return;
        }
        gate.enter(url.host(), () -> {
            owed.begun();
            HttpCall call =
                    HttpCall.get(url, headers(owed), terms.timeout(), new CookieJar(Map.of(), url, terms.clock()));
            var _ = exchange.exchange(call).thenAccept(outcome -> ended.add(new Ended(owed, url.host(), outcome)));
        });
    }

    private static HttpHeaders headers(Owed owed) {
        HttpHeaders.Builder headers = HttpHeaders.builder();
        owed.trace().ifPresent(headers::add);
        return headers.build();
    }

    private void takeEnded() {
        for (Ended next = ended.poll(); next != null; next = ended.poll()) {
            gate.ended(next.host());
            Owed owed = next.owed();
            end(owed, Verdict.of(owed.notice().getKind(), owed.attempts(), next.outcome(), terms.patience()));
        }
    }

    private void end(Owed owed, Verdict verdict) {
        if (!isOurs(owed)) {
            return;
        }
        NoticeKind kind = owed.notice().getKind();
        switch (verdict) {
            case Verdict.Fired(int status) -> {
                meters.count(kind, What.FIRED);
                lines.add(line(owed, FiringState.FIRED, status, ""));
                owed.book().done(owed.offset());
            }
            case Verdict.Again(Duration after) -> {
                meters.count(kind, What.AGAIN);
                again.add(new Due(owed, System.nanoTime() + after.toNanos()));
            }
            case Verdict.GivenUp(int status, String reason) -> {
                meters.count(kind, What.GIVEN_UP);
                lines.add(line(owed, FiringState.GIVEN_UP, status, reason));
                letters.add(new Written.Letter(
                        "notice_not_delivered",
                        owed.notice().getId() + " after " + owed.attempts() + " attempts: " + reason,
                        owed.partition(),
                        owed.offset(),
                        owed.notice().getAt(),
                        owed.notice().toString().getBytes(UTF_8)));
                owed.book().done(owed.offset());
            }
        }
    }

    private void callAgain() {
        long now = System.nanoTime();
        for (Due next = again.peek(); next != null && next.nanos() - now <= 0; next = again.peek()) {
            again.poll();
            if (isOurs(next.owed())) {
                call(next.owed());
            }
        }
    }

    private boolean isOurs(Owed owed) {
        return owed.book().equals(books.get(owed.partition()));
    }

    /** Writes what is known, then calls the bills that have STARTED. */
    private void commit() {
        List<Written.Line> all = new ArrayList<>(lines);
        bills.forEach(bill -> all.add(line(bill, FiringState.STARTED, 0, "")));
        Map<TopicPartition, OffsetAndMetadata> offsets = offsets();
        if (all.isEmpty() && letters.isEmpty() && offsets.equals(committed)) {
            return;
        }
        try {
            written.write(all, letters, offsets, consumer.groupMetadata())
                    .forEach((line, at) ->
                            line.owed().book().recorded(line.owed().offset(), at));
        } catch (CommitFailedException | RebalanceInProgressException e) {
            // Partitions are moving: nothing was written, and the next turn knows which are still ours.
            LOG.atInfo().addKeyValue("reason", e.getMessage()).log("nothing was written; trying again");
            return;
        }
        committed.clear();
        committed.putAll(offsets);
        lines.clear();
        letters.clear();
        List<Owed> started = List.copyOf(bills);
        bills.clear();
        started.forEach(bill -> billed.put(bill.notice().getId(), true));
        started.forEach(this::call);
    }

    private Map<TopicPartition, OffsetAndMetadata> offsets() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        books.forEach((partition, book) -> offsets.put(
                new TopicPartition(topic.name(), partition),
                new OffsetAndMetadata(book.watermark(), FiredLog.metadata(book.readBackFrom()))));
        return offsets;
    }

    private Written.Line line(Owed owed, FiringState state, int status, String reason) {
        Notice notice = owed.notice();
        FiredNotice what = FiredNotice.newBuilder()
                .setId(notice.getId())
                .setKind(notice.getKind())
                .setState(state)
                .setUrl(notice.getUrl())
                .setStatus(status == 0 ? null : Integer.valueOf(status))
                .setAttempts(owed.attempts())
                .setReason(reason.isEmpty() ? null : reason)
                .setRequestId(notice.getRequestId())
                .setCampaign(notice.getCampaign())
                .setUpstream(notice.getUpstream())
                .setOffset(owed.offset())
                .setAt(terms.clock().millis())
                .build();
        return new Written.Line(owed, what);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> more) {
        Map<TopicPartition, OffsetAndMetadata> known = consumer.committed(new HashSet<>(more));
        for (TopicPartition partition : more) {
            OffsetAndMetadata at = known.get(partition);
            String metadata = at == null || at.metadata() == null ? "" : at.metadata();
            books.put(partition.partition(), log.book(partition.partition(), consumer.position(partition), metadata));
        }
    }

    /** What is done is committed before somebody else begins. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> less) {
        takeEnded();
        // Bills that have not STARTED are left to whoever is next.
        bills.removeIf(bill -> less.contains(new TopicPartition(topic.name(), bill.partition())));
        commit();
        forget(less);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> less) {
        forget(less);
    }

    private void forget(Collection<TopicPartition> less) {
        less.forEach(partition -> {
            books.remove(partition.partition());
            committed.remove(partition);
        });
        bills.removeIf(bill -> !isOurs(bill));
        lines.removeIf(line -> !isOurs(line.owed()));
        letters.removeIf(letter -> !books.containsKey(letter.partition()));
        again.removeIf(due -> !isOurs(due.owed()));
    }

    @Override
    public void close() {
        try (log;
                written) {
            consumer.close();
        }
    }
}
