package millrace.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.ExecutionException;
import millrace.config.BrokersException;
import millrace.config.ClientSettings;
import millrace.config.Config;
import millrace.config.Settings;
import millrace.config.WireSettings;
import millrace.schemas.AdEvent;
import millrace.schemas.AdEventKind;
import millrace.topics.Topic;
import millrace.topics.Topics;
import millrace.wire.Wire;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says that an ad was shown. Saying it again changes nothing. */
@Command(name = "event", description = "Send an ad event: the ad of this token was shown.")
final class EventCommand implements CliCommand {
    private final Surroundings around;
    private final Pipeline pipeline;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConnectionOptions connection;

    @Option(
            names = "--impression",
            required = true,
            paramLabel = "TOKEN",
            description = "Token of the ad, as its answer carried it.")
    private String token = "";

    EventCommand(Surroundings around, Pipeline pipeline) {
        this.around = around;
        this.pipeline = pipeline;
        this.connection = new ConnectionOptions(around.environment());
    }

    @Override
    public Integer call() {
        Config config = connection.config();
        int partition = pipeline.partitionOf(token)
                .orElseThrow(() -> new CommandFailure(ExitCode.INVALID, "the token is not one that Millrace makes"));
        Topic<AdEvent> events =
                Topics.prefixed(config.get(Settings.TOPICS_PREFIX)).adEvents();
        PrintWriter err = spec.commandLine().getErr();
        try (Progress progress = new Progress(err, around.terminal(), around.clock())) {
            int partitions = RequestCommand.partitions(config, events, around.patience(), progress);
            if (partition >= partitions) {
                throw new CommandFailure(
                        ExitCode.INVALID,
                        "the token names partition " + partition + "; " + events + " has " + partitions
                                + ", so it is of another deployment");
            }
            send(config, events, partition, progress);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("impression sent to " + events + ", partition " + partition);
        out.flush();
        return ExitCode.OK;
    }

    private void send(Config config, Topic<AdEvent> events, int partition, Progress progress) {
        AdEvent event = AdEvent.newBuilder()
                .setToken(token)
                .setKind(AdEventKind.IMPRESSION)
                .setEventTime(around.clock().millis())
                .build();
        try (Wire wire = Wire.open(WireSettings.registry(config));
                Producer<String, byte[]> producer = new KafkaProducer<>(
                        ClientSettings.producer(config), new StringSerializer(), new ByteArraySerializer())) {
            wire.register(
                    CatalogPublisher.schemas(List.of(events)),
                    WireSettings.registration(config, around.patience()),
                    progress::at);
            byte[] bytes = wire.writer(events.name(), events.value()).write(event);
            producer.send(new ProducerRecord<>(events.name(), partition, token, bytes))
                    .get();
        } catch (ExecutionException e) {
            throw new BrokersException("Kafka refused the event: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokersException("interrupted before Kafka had the event", e);
        }
    }
}
