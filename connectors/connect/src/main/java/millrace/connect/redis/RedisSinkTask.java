package millrace.connect.redis;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import millrace.topics.Topics;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.jspecify.annotations.Nullable;

/** Writes what records change, batch by batch. Offsets are committed after that, so a crash repeats changes, which changes nothing. */
public final class RedisSinkTask extends SinkTask {
    private @Nullable ReadModel model;
    private @Nullable RedisWriter redis;
    private Topics topics = Topics.plain();

    @Override
    public String version() {
        return RedisSink.VERSION;
    }

    @Override
    public void start(Map<String, String> values) {
        RedisSettings settings = new RedisSettings(values);
        topics = Topics.prefixed(settings.topicsPrefix());
        model = new ReadModel(settings.keys(), settings.pseudonyms());
        redis = new RedisWriter(settings.url(), settings.keep(), InstantSource.system());
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        if (records.isEmpty() || model == null || redis == null) {
            return;
        }
        List<Change> changes = new ArrayList<>();
        for (SinkRecord record : records) {
            try {
                changes.addAll(changes(model, record));
            } catch (DataException e) {
                refuse(record, e);
            }
        }
        redis.make(changes);
    }

    private List<Change> changes(ReadModel to, SinkRecord record) {
        String topic = record.topic();
        if (topic.equals(topics.campaigns().name())) {
            String id = String.valueOf(record.key());
            return record.value() == null ? to.removed(id) : to.campaign(id, struct(record));
        }
        if (topic.equals(topics.budgetLedger().name())) {
            return to.entry(struct(record));
        }
        if (topic.equals(topics.servedAds().name())) {
            return to.served(struct(record));
        }
        if (topic.equals(topics.impressions().name())) {
            return to.impression(struct(record));
        }
        throw new ConnectException("topic " + topic + " has no place in the read model");
    }

    private static Struct struct(SinkRecord record) {
        if (record.value() instanceof Struct struct) {
            return struct;
        }
        throw new DataException("value is no record");
    }

    /** To the connector's dead letters where it has some; else the task ends. */
    private void refuse(SinkRecord record, DataException error) {
        ErrantRecordReporter reporter = context.errantRecordReporter();
        if (reporter == null) {
            throw error;
        }
        // Connect itself waits for it before it commits the record's offset.
        var _ = reporter.report(record, error);
    }

    @Override
    public void stop() {
        if (redis != null) {
            redis.close();
        }
    }
}
