package millrace.e2e;

import static millrace.e2e.Examples.COST_NANOS;
import static millrace.e2e.Examples.budgetFor;
import static millrace.e2e.Examples.ownCampaign;
import static millrace.e2e.Examples.placement;
import static millrace.e2e.Examples.request;
import static millrace.e2e.World.PATIENCE;
import static millrace.e2e.World.newUserOn;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Predicate;
import millrace.cli.ExitCode;
import millrace.cli.Millrace;
import millrace.cli.Pipeline;
import millrace.cli.Surroundings;
import millrace.config.Config;
import millrace.config.WireSettings;
import millrace.devkit.stack.TopicReader;
import millrace.schemas.Ad;
import millrace.schemas.BudgetEntry;
import millrace.schemas.CampaignStatus;
import millrace.schemas.EntryCause;
import millrace.schemas.Impression;
import millrace.topics.Topic;
import millrace.wire.RegistrationPolicy;
import millrace.wire.Wire;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** {@code millrace audit} on a running pipeline: what it says adds up, until somebody writes an impression that never was. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AuditOverBrokerTest {
    private static World world;
    private static TopicReader<BudgetEntry> ledger;
    private static TopicReader<Impression> impressions;

    @BeforeAll
    static void start() {
        world = World.of("audit");
        ledger = world.read(world.stack.topics().budgetLedger());
        impressions = world.read(world.stack.topics().impressions());
        List.of("total", "daily", "paused")
                .forEach(id -> world.stack.put(placement(id).build()));
        world.stack.put(
                ownCampaign("total", "total").setBudgetNanos(budgetFor(100)).build());
        world.stack.put(ownCampaign("daily", "daily")
                .setDailyBudgetNanos(budgetFor(5))
                .setZone("Asia/Tokyo")
                .build());
        world.stack.put(ownCampaign("paused", "paused")
                .setBudgetNanos(budgetFor(10_000))
                .build());
        world.stack.run();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    @Order(1)
    void spendOfEveryCampaignAgreesWithTheLedger() {
        List<Ad> ads = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            ads.add(world.ad(request(newUserOn(i % World.PARTITIONS), "total").build()));
        }
        for (int i = 0; i < 5; i++) {
            ads.add(world.ad(request(newUserOn(i % World.PARTITIONS), "daily").build()));
        }
        ads.forEach(ad -> world.producer().shown(ad.getToken()));
        // The audit must wait for the ledger, not for the impressions.
        impressions.await(PATIENCE, received -> impressions.values(all -> true).size() >= ads.size());

        Run run = audit("--json", "--settle", "60s");

        assertThat(run.output())
                .contains("\"addsUp\":true")
                .contains("\"campaign\":\"total\",\"budgetDay\":0,")
                .contains(
                        "\"billed\":12,\"spentNanos\":" + 12 * COST_NANOS + ",\"ledgerSpentNanos\":" + 12 * COST_NANOS)
                .contains("\"billed\":5,\"spentNanos\":" + 5 * COST_NANOS + ",\"ledgerSpentNanos\":" + 5 * COST_NANOS);
        assertThat(run.exitCode()).isZero();
        assertThat(audit("--settle", "60s").output()).contains("2 accounts, all add up");
    }

    @Test
    @Order(2)
    void pauseCallsLeasesBackAndSaysWhy() {
        for (int i = 0; i < 8; i++) {
            world.ad(request(newUserOn(i % World.PARTITIONS), "paused").build());
        }
        entry(line -> line.getCampaign().equals("paused") && line.getTotal().getReservedNanos() == 8 * COST_NANOS);

        world.stack.put(ownCampaign("paused", "paused")
                .setStatus(CampaignStatus.PAUSED)
                .setBudgetNanos(budgetFor(10_000))
                .build());

        BudgetEntry paused = entry(line -> line.getCampaign().equals("paused") && line.getCause() == EntryCause.PAUSE);
        BudgetEntry back = entry(line -> line.getCampaign().equals("paused")
                && line.getNumber() >= paused.getNumber()
                && line.getTotal().getLeasedNanos() == 0);
        assertThat(back.getTotal().getReservedNanos()).isEqualTo(8 * COST_NANOS);
    }

    @Test
    @Order(3)
    void impressionThatNeverWasIsFound() {
        Topic<Impression> topic = world.stack.topics().impressions();
        Impression genuine = impressions
                .values(impression -> "total".equals(impression.getCampaign()))
                .getFirst();
        Impression forged =
                Impression.newBuilder(genuine).setId("00000000000000ff").build();
        try (Wire wire = Wire.open(WireSettings.registry(world.stack.config()))) {
            wire.register(Map.of(topic.name(), Impression.getClassSchema()), RegistrationPolicy.DEFAULT, line -> {});
            byte[] bytes = wire.writer(topic.name(), Impression.class).write(forged);
            world.producer().bytes(topic.name(), 0, forged.getId(), bytes);
        }

        Run run = audit("--settle", "1s");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.output())
                .contains("NOT_AS_SERVED: total -: reservation 00000000000000ff was billed")
                .contains("SPENT: total -: the ledger has spent " + 12 * COST_NANOS
                        + " nanos; the impressions add up to " + 13 * COST_NANOS)
                .contains("DIFFERS");
    }

    private static BudgetEntry entry(Predicate<BudgetEntry> wanted) {
        return ledger.await(PATIENCE, received -> wanted.test(received.value())).value();
    }

    private record Run(int exitCode, String output) {}

    private static Run audit(String... options) {
        List<String> words = new ArrayList<>(List.of("audit"));
        words.addAll(List.of(options));
        world.stack.settings().written().forEach((name, value) -> words.addAll(List.of("--set", name + "=" + value)));
        StringWriter out = new StringWriter();
        Surroundings around =
                new Surroundings(Map.of(), Clock.systemUTC(), new Random(1), false, Duration.ofSeconds(10));
        int exitCode = Millrace.commandLine(new NoPipeline(), around)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(words.toArray(String[]::new));
        return new Run(exitCode, out.toString());
    }

    private static final class NoPipeline implements Pipeline {
        @Override
        public Topology topology(Config config) {
            return new Topology();
        }

        @Override
        public OptionalInt partitionOf(String token) {
            return OptionalInt.empty();
        }
    }
}
