package millrace.devkit.cli;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import millrace.schemas.AdRequest;
import millrace.schemas.AdResponse;
import millrace.schemas.AnswerError;
import millrace.schemas.NoFillReason;
import millrace.schemas.Outcome;
import millrace.schemas.SlotAnswer;
import millrace.topics.Topic;
import millrace.wire.RegistrationPolicy;
import millrace.wire.Wire;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Stands in for a pipeline: answers every request as capped, and refuses those of a placement called nowhere. */
final class Responder implements AutoCloseable {
    private final Deployment deployment;
    private final Function<AdRequest, String> answeredId;
    private final List<AdRequest> seen = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean running = true;

    /** @param answeredId the request id that its answer carries */
    Responder(Deployment deployment, Function<AdRequest, String> answeredId) {
        this.deployment = deployment;
        this.answeredId = answeredId;
        this.thread = Thread.ofPlatform().start(this::answer);
    }

    List<AdRequest> seen() {
        return seen;
    }

    private void answer() {
        Topic<AdResponse> responses = deployment.topics().adResponses();
        try (Wire wire = deployment.wire();
                Consumer<String, byte[]> consumer =
                        deployment.consumer(deployment.topics().adRequests());
                Producer<String, byte[]> producer = deployment.producer()) {
            wire.register(
                    Map.of(responses.name(), AdResponse.getClassSchema()), RegistrationPolicy.DEFAULT, line -> {});
            var requests = wire.serde("", AdRequest.class).deserializer();
            var writer = wire.writer(responses.name(), AdResponse.class);
            while (running) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(20))) {
                    AdRequest request = requests.deserialize("", record.value());
                    seen.add(request);
                    var answer = new ProducerRecord<>(responses.name(), record.key(), writer.write(capped(request)));
                    Deployment.write(producer, answer);
                }
            }
        }
    }

    private AdResponse capped(AdRequest request) {
        return AdResponse.newBuilder()
                .setRequestId(answeredId.apply(request))
                .setPlacement(request.getPlacement())
                .setSlots(List.of(SlotAnswer.newBuilder()
                        .setSlotId(request.getPlacement())
                        .setOutcome(Outcome.NO_FILL)
                        .setReason(NoFillReason.CAPPED)
                        .build()))
                .setError(
                        request.getPlacement().equals("nowhere")
                                ? new AnswerError("unknown_placement", "no such placement")
                                : null)
                .setDecidedAt(0)
                .setTookMicros(0)
                .build();
    }

    @Override
    public void close() {
        running = false;
        await().atMost(Deployment.SOON).until(() -> !thread.isAlive());
    }
}
