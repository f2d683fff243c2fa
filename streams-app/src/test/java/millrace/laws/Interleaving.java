package millrace.laws;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import millrace.schemas.AdEvent;
import millrace.schemas.AdEventKind;
import millrace.schemas.AdRequest;
import millrace.schemas.Campaign;
import millrace.schemas.CampaignStatus;
import millrace.schemas.CapRule;
import millrace.schemas.CapScope;
import millrace.schemas.CapWindow;
import millrace.schemas.Creative;
import millrace.schemas.Placement;
import millrace.schemas.Pool;
import millrace.schemas.Slot;
import millrace.schemas.SlotKind;
import millrace.schemas.Upstream;
import millrace.schemas.User;
import millrace.upstream.ErrorPing;
import millrace.upstream.Resolution;
import millrace.upstream.ResolvedAd;
import millrace.upstream.UpstreamFailure;

/** One random history: who asks, what is shown, what dies, in which order. */
final class Interleaving {
    static final long PRICE = 2_500_000;
    static final List<String> USERS = List.of("user-0", "user-1", "user-2", "user-3");
    private static final List<CapScope> SCOPES =
            List.of(CapScope.CAMPAIGN, CapScope.CREATIVE, CapScope.ADVERTISER, CapScope.USER, CapScope.PLACEMENT);

    private final RandomGenerator random;
    private final Referee referee;
    private final Cluster cluster;
    private final List<AdRequest> sent = new ArrayList<>();
    private final Map<String, Long> sentAt = new HashMap<>();
    final Map<String, Campaign> campaigns = new HashMap<>();

    Interleaving(RandomGenerator random, Referee referee, Cluster cluster) {
        this.random = random;
        this.referee = referee;
        this.cluster = cluster;
        cluster.announce("p", Placement.newBuilder().setId("p").build());
        cluster.announce(
                "u",
                Upstream.newBuilder().setId("u").setUrl("https://ads.example/u").build());
        announce(own("own-limited").setBudgetNanos(PRICE * random.nextInt(3, 30)));
        announce(own("own-free"));
        announce(pooled("pooled-limited")
                .setBudgetNanos(PRICE * random.nextInt(3, 30))
                .setPriority(1));
        cluster.tasks().forEach(Task::learn);
    }

    private Campaign.Builder own(String id) {
        return campaign(id).setCreatives(List.of(creative(id + "-1"), creative(id + "-2")));
    }

    private Campaign.Builder pooled(String id) {
        return campaign(id).setPool(Pool.newBuilder().setUpstreams(List.of("u")).build());
    }

    private Campaign.Builder campaign(String id) {
        List<CapRule> caps = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            caps.add(rule());
        }
        return Campaign.newBuilder()
                .setId(id)
                .setAdvertiser(random.nextBoolean() ? "brand.example" : "other.example")
                .setCurrency("USD")
                .setPriceCpmMicros(PRICE)
                .setCaps(caps);
    }

    private CapRule rule() {
        CapRule.Builder rule = CapRule.newBuilder()
                .setScope(SCOPES.get(random.nextInt(SCOPES.size())))
                .setLimit(random.nextInt(1, 6));
        return random.nextInt(4) == 0
                ? rule.setWindow(CapWindow.HOUR).build()
                : rule.setWindow(CapWindow.ROLLING)
                        .setWindowMillis(random.nextLong(1_000, 60_000))
                        .build();
    }

    private static Creative creative(String id) {
        return Creative.newBuilder()
                .setId(id)
                .setMarkup("<VAST version=\"4.2\"/>")
                .build();
    }

    private void announce(Campaign.Builder campaign) {
        Campaign built = campaign.build();
        campaigns.put(built.getId(), built);
        referee.funded(built);
        cluster.announce(built.getId(), built);
    }

    /** @return what happened */
    String step() {
        Task task = cluster.tasks().get(random.nextInt(cluster.tasks().size()));
        return switch (random.nextInt(100)) {
            case 0, 1, 2 -> {
                task.crash();
                yield "crash";
            }
            case 3, 4 -> {
                change();
                yield "change";
            }
            case 5, 6, 7 -> {
                again();
                yield "again";
            }
            case 8 -> {
                forged();
                yield "forged";
            }
            default -> {
                usual(task);
                yield "usual";
            }
        };
    }

    private void usual(Task task) {
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3 -> request();
            case 4, 5 -> impression();
            case 6, 7, 8, 9, 10 -> read(task);
            case 11, 12 -> task.commit();
            case 13, 14 -> task.punctuate(random.nextInt(1, 30));
            case 15, 16 -> answer(task);
            case 17 -> task.learn();
            case 18 -> cluster.pass(Duration.ofMillis(random.nextLong(1, 40)));
            default ->
                cluster.pass(Duration.ofMillis(random.nextInt(4) == 0 ? random.nextLong(2_500) : random.nextLong(100)));
        }
    }

    private void read(Task task) {
        int source = random.nextInt(task.sources());
        for (int i = random.nextInt(1, 5); i > 0 && task.read(source); i--) {}
    }

    private void answer(Task task) {
        if (task.hasAsked()) {
            task.answer(random.nextInt(1_000), resolution());
        }
    }

    private Resolution resolution() {
        return switch (random.nextInt(5)) {
            case 0 -> new Resolution.NoAd("empty", Map.of(), List.of(new ErrorPing("https://ads.example/error", 303)));
            case 1 -> new Resolution.Failed(new UpstreamFailure.HttpStatus(500, "500"));
            default -> new Resolution.Filled(List.of(ad(), ad()), Map.of(), List.of());
        };
    }

    private ResolvedAd ad() {
        return new ResolvedAd(
                "creative-" + random.nextInt(3),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("<VAST version=\"4.2\"/>"),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                ResolvedAd.Unserved.NOBODY);
    }

    private void request() {
        request(USERS.get(random.nextInt(USERS.size())), random.nextInt(10) == 0);
    }

    AdRequest request(String user, boolean astray) {
        AdRequest.Builder request = AdRequest.newBuilder()
                .setId("r" + sent.size())
                .setPlacement("p")
                .setDeadlineMillis(user.startsWith("user") ? random.nextInt(100, 4_000) : null)
                .setUser(User.newBuilder().setId(user).build());
        if (user.startsWith("user") && random.nextInt(4) == 0) {
            request.setSlots(List.of(slot("s1"), slot("s2")));
        }
        AdRequest built = request.build();
        sent.add(built);
        sentAt.put(built.getId(), cluster.millis());
        referee.asked(built.getId());
        send(built, astray);
        return built;
    }

    private static Slot slot(String id) {
        return Slot.newBuilder().setId(id).setKind(SlotKind.VIDEO).build();
    }

    private void send(AdRequest request, boolean astray) {
        String user = request.getUser().getId();
        int own = cluster.partitionOf(user);
        cluster.request(astray ? random.nextInt(cluster.partitions()) : own, user, request);
    }

    /** A producer's second try, within the span in which it is recognized. */
    private void again() {
        if (!sent.isEmpty()) {
            AdRequest request = sent.get(random.nextInt(sent.size()));
            if (cluster.millis() - Objects.requireNonNull(sentAt.get(request.getId())) < 100_000) {
                send(request, random.nextInt(10) == 0);
            }
        }
    }

    /** Of an ad that somebody was answered with; perhaps not for the first time, perhaps long after its end. */
    private void impression() {
        List<String> tokens = referee.tokens();
        if (!tokens.isEmpty()) {
            String token = tokens.get(Math.max(0, tokens.size() - 1 - random.nextInt(12)));
            cluster.event(AdEvent.newBuilder()
                    .setToken(token)
                    .setKind(random.nextInt(8) == 0 ? AdEventKind.EXPIRE : AdEventKind.IMPRESSION)
                    .build());
        }
    }

    private void show(String token) {
        cluster.event(AdEvent.newBuilder()
                .setToken(token)
                .setKind(AdEventKind.IMPRESSION)
                .build());
    }

    private void forged() {
        ByteBuffer token = ByteBuffer.allocate(36).put((byte) 1).put((byte) 1);
        token.putShort((short) random.nextInt(cluster.partitions()))
                .putLong(random.nextLong())
                .putLong(cluster.millis());
        cluster.event(AdEvent.newBuilder()
                .setToken(Base64.getUrlEncoder().withoutPadding().encodeToString(token.array()))
                .setKind(AdEventKind.IMPRESSION)
                .build());
    }

    private void change() {
        List<String> ids = campaigns.keySet().stream().sorted().toList();
        Campaign before = Objects.requireNonNull(campaigns.get(ids.get(random.nextInt(ids.size()))));
        Campaign.Builder after = Campaign.newBuilder(before);
        switch (random.nextInt(4)) {
            case 0 ->
                after.setStatus(
                        before.getStatus() == CampaignStatus.ACTIVE ? CampaignStatus.PAUSED : CampaignStatus.ACTIVE);
            case 1 -> after.setCaps(random.nextBoolean() ? List.of() : List.of(rule()));
            case 2 -> budget(after, random.nextInt(2, 20));
            default -> budget(after, -random.nextInt(1, 6));
        }
        announce(after);
    }

    private static void budget(Campaign.Builder campaign, int moreAds) {
        if (campaign.getBudgetNanos() != null) {
            campaign.setBudgetNanos(Math.max(0, campaign.getBudgetNanos() + moreAds * PRICE));
        }
    }

    List<String> limited() {
        return List.of("own-limited", "pooled-limited");
    }

    void onlyThisOneRuns(String id) {
        for (Campaign campaign : List.copyOf(campaigns.values())) {
            boolean runs = campaign.getId().equals(id);
            announce(Campaign.newBuilder(campaign)
                    .setStatus(runs ? CampaignStatus.ACTIVE : CampaignStatus.PAUSED)
                    .setCaps(List.of()));
        }
        calmDown();
    }

    /** So many new users want one ad each. */
    void ask(long users) {
        for (int i = 0; i < users; i++) {
            request("late-user-" + sent.size(), false);
        }
        calmDown();
        referee.tokens().forEach(this::show);
        calmDown();
    }

    /** Nothing dies any more, and everything is read and answered, until nothing moves. */
    void calmDown() {
        for (int round = 0; round < 8; round++) {
            cluster.pass(Duration.ofMillis(150));
            for (Task task : cluster.tasks()) {
                task.learn();
                task.readAll();
                while (task.hasAsked()) {
                    task.answer(0, new Resolution.Filled(List.of(ad()), Map.of(), List.of()));
                }
                task.punctuate(26);
                task.commit();
            }
        }
    }
}
