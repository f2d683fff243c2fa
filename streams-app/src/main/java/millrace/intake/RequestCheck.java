package millrace.intake;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import millrace.schemas.AdRequest;
import millrace.schemas.Pod;
import millrace.schemas.Slot;
import org.jspecify.annotations.Nullable;

/** What is wrong with a request's values, all at once; the ranges are those of the schema's docs. */
final class RequestCheck {
    static final int ID_LIMIT = 128;
    static final int SLOT_LIMIT = 50;
    static final int ENTRY_LIMIT = 50;
    static final int CURRENCY_LIMIT = 50;
    /** Faults that are told one by one. They go into a dead letter and an answer, which brokers must take. */
    static final int FAULT_LIMIT = 100;

    static final int VALUE_LIMIT = 4096;
    static final int POD_LIMIT = 50;
    private static final Set<String> VAST_VERSIONS = Set.of("2.0", "3.0", "4.0", "4.1", "4.2", "4.3");
    static final int DEADLINE_LIMIT_MILLIS = 60_000;

    private final List<String> faults = new ArrayList<>();

    private RequestCheck() {}

    /** @return one line a fault: what, where, the value, what is allowed; empty when all is well */
    static List<String> faults(AdRequest request) {
        RequestCheck check = new RequestCheck();
        check.id("id", request.getId(), ID_LIMIT);
        check.id("placement", request.getPlacement(), ID_LIMIT);
        check.range("deadlineMillis", request.getDeadlineMillis(), 1, DEADLINE_LIMIT_MILLIS);
        check.notNegative("floorCpmMicros", request.getFloorCpmMicros());
        check.currencies(request.getCurrencies());
        check.entries("cookies", request.getCookies());
        check.entries("params", request.getParams());
        check.entries("headers", request.getHeaders());
        check.entries("metadata", request.getMetadata());
        if (request.getSite() != null && request.getApp() != null) {
            check.faults.add("site and app are both set; at most one is allowed");
        }
        check.slots(request.getSlots());
        if (request.getPod() != null) {
            check.pod("pod", request.getPod());
            check.podStandsAlone(request.getSlots());
        }
        check.vastVersion(request.getVastVersion());
        return check.told();
    }

    private List<String> told() {
        if (faults.size() <= FAULT_LIMIT) {
            return faults;
        }
        List<String> first = new ArrayList<>(faults.subList(0, FAULT_LIMIT));
        first.add("and " + (faults.size() - FAULT_LIMIT) + " more");
        return first;
    }

    private void currencies(List<String> currencies) {
        if (currencies.size() > CURRENCY_LIMIT) {
            faults.add("currencies has " + currencies.size() + " entries; at most " + CURRENCY_LIMIT + " are allowed");
            return;
        }
        currencies.forEach(currency -> currency("currencies", currency));
    }

    private void slots(List<Slot> slots) {
        if (slots.size() > SLOT_LIMIT) {
            faults.add("slots has " + slots.size() + " entries; at most " + SLOT_LIMIT + " are allowed");
            return;
        }
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < slots.size(); i++) {
            slot("slots[" + i + "]", slots.get(i), ids);
        }
    }

    private void slot(String path, Slot slot, Set<String> ids) {
        id(path + ".id", slot.getId(), 64);
        if (!ids.add(slot.getId())) {
            faults.add(path + ".id is " + shown(slot.getId()) + " again; each id is allowed once");
        }
        notNegative(path + ".minDurationMillis", longOf(slot.getMinDurationMillis()));
        notNegative(path + ".maxDurationMillis", longOf(slot.getMaxDurationMillis()));
        notNegative(path + ".floorCpmMicros", slot.getFloorCpmMicros());
        if (slot.getMinDurationMillis() != null
                && slot.getMaxDurationMillis() != null
                && slot.getMinDurationMillis() > slot.getMaxDurationMillis()) {
            faults.add(path + ".minDurationMillis is " + slot.getMinDurationMillis()
                    + "; it must not be above maxDurationMillis, " + slot.getMaxDurationMillis());
        }
        if (slot.getPod() != null) {
            pod(path + ".pod", slot.getPod());
        }
        if (slot.getFloorCurrency() != null) {
            currency(path + ".floorCurrency", slot.getFloorCurrency());
        }
    }

    private void pod(String path, Pod pod) {
        range(path + ".maxAds", pod.getMaxAds(), 1, POD_LIMIT);
        range(path + ".totalMillis", pod.getTotalMillis(), 1, Integer.MAX_VALUE);
        notNegative(path + ".minAdMillis", longOf(pod.getMinAdMillis()));
        notNegative(path + ".maxAdMillis", longOf(pod.getMaxAdMillis()));
        notNegative(path + ".minCpmPerSecondMicros", pod.getMinCpmPerSecondMicros());
        if (pod.getMinAdMillis() != null
                && pod.getMaxAdMillis() != null
                && pod.getMinAdMillis() > pod.getMaxAdMillis()) {
            faults.add(path + ".minAdMillis is " + pod.getMinAdMillis() + "; it must not be above maxAdMillis, "
                    + pod.getMaxAdMillis());
        }
    }

    private void podStandsAlone(List<Slot> slots) {
        if (slots.size() > 1 || slots.stream().anyMatch(slot -> slot.getPod() != null)) {
            faults.add("pod is set beside " + slots.size()
                    + " slots; allowed is one without a pod of its own. Several breaks are slots with a pod each");
        }
    }

    private void vastVersion(@Nullable String version) {
        if (version != null && !VAST_VERSIONS.contains(version)) {
            faults.add("vastVersion is " + shown(version) + "; allowed is 2.0, 3.0, 4.0, 4.1, 4.2 or 4.3");
        }
    }

    private void id(String path, String value, int limit) {
        if (value.isBlank() || value.length() > limit || value.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            faults.add(path + " is " + shown(value) + "; allowed are 1 to " + limit + " printable characters");
        }
    }

    private void range(String path, @Nullable Integer value, int low, int high) {
        if (value != null && (value < low || value > high)) {
            faults.add(path + " is " + value + "; allowed is " + low + " to " + high);
        }
    }

    private void notNegative(String path, @Nullable Long value) {
        if (value != null && value < 0) {
            faults.add(path + " is " + value + "; it must be 0 or more");
        }
    }

    private void currency(String path, String value) {
        if (value.length() != 3 || !value.chars().allMatch(c -> c >= 'A' && c <= 'Z')) {
            faults.add(path + " holds " + shown(value) + "; allowed are ISO 4217 codes such as USD");
        }
    }

    private void entries(String path, Map<String, String> map) {
        if (map.size() > ENTRY_LIMIT) {
            faults.add(path + " has " + map.size() + " entries; at most " + ENTRY_LIMIT + " are allowed");
        }
        map.forEach((name, value) -> {
            if (name.length() + value.length() > VALUE_LIMIT) {
                faults.add(path + " has an entry of " + (name.length() + value.length()) + " characters; at most "
                        + VALUE_LIMIT + " are allowed");
            }
        });
    }

    private static @Nullable Long longOf(@Nullable Integer value) {
        return value == null ? null : Long.valueOf(value);
    }

    /** Short and without control characters: it is going to be read by people. */
    private static String shown(String value) {
        StringBuilder text = new StringBuilder("\"");
        value.codePoints().limit(40).forEach(c -> text.appendCodePoint(Character.isISOControl(c) ? '?' : c));
        return text.append(value.length() > 40 ? "…\"" : "\"").toString();
    }
}
