package millrace.decision;

import millrace.delivery.Reply;
import millrace.schemas.AdEvent;
import millrace.schemas.BudgetRequest;
import millrace.schemas.Impression;
import millrace.schemas.Notice;
import millrace.schemas.ServedAd;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Where the decision's records go: one child node each. For the stream thread only. */
public final class Exits {
    public static final String AD_RESPONSES = "to-ad-responses";
    public static final String SERVED_ADS = "to-served-ads";
    public static final String IMPRESSIONS = "to-impressions";
    public static final String NOTICES = "to-notices";
    public static final String AD_EVENTS = "to-ad-events";
    public static final String BUDGET_REQUESTS = "to-budget-requests";

    private final ProcessorContext<String, Object> context;

    Exits(ProcessorContext<String, Object> context) {
        this.context = context;
    }

    /** The request's own time and headers go with its answer: the correlation id is among them. */
    void answer(String key, Reply reply, long timestamp, Headers headers) {
        context.forward(new Record<>(key, reply, timestamp, headers), AD_RESPONSES);
    }

    /** @param trace as headers */
    void served(ServedAd ad, Headers trace) {
        context.forward(new Record<>(ad.getId(), ad, ad.getServedAt(), trace), SERVED_ADS);
    }

    /** @param trace as headers */
    void impression(Impression impression, long timestamp, Headers trace) {
        context.forward(new Record<>(impression.getId(), impression, timestamp, trace), IMPRESSIONS);
    }

    /** @param trace as headers */
    void notice(Notice notice, Headers trace) {
        context.forward(new Record<>(notice.getId(), notice, notice.getAt(), trace), NOTICES);
    }

    /** Our own event: a reservation ends. The token names the partition. */
    void event(AdEvent event, long timestamp) {
        context.forward(new Record<>(event.getToken(), event, timestamp), AD_EVENTS);
    }

    void report(BudgetRequest report) {
        context.forward(new Record<>(report.getCampaign(), report, report.getAt()), BUDGET_REQUESTS);
    }
}
