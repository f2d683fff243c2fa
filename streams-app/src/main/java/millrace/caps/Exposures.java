package millrace.caps;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import millrace.schemas.CapScope;

/**
 * What one user was promised and shown since a moment, in the order of time: plain arrays, because one decision asks
 * them some sixty questions. For one thread.
 */
final class Exposures {
    /** No exposure before this was read. */
    private final long from;

    private final IdNumbers numbers = new IdNumbers();
    private long[] millis = new long[16];
    private long[] sessions = new long[16];
    private int[] ids = new int[16 * SlotBytes.IDS];
    private int size;
    private boolean complete = true;

    Exposures(long from) {
        this.from = from;
    }

    /** Nothing, about no time. */
    static Exposures unread() {
        return new Exposures(Long.MAX_VALUE);
    }

    boolean reachesBackTo(long moment) {
        return from <= moment;
    }

    int size() {
        return size;
    }

    /** False when there is more than was read, or something that could not be. */
    boolean isComplete() {
        return complete;
    }

    void isIncomplete() {
        complete = false;
    }

    void add(SlotBytes slot) {
        int[] known = slot.ids(numbers);
        for (int i = 0; i < slot.size(); i++) {
            int place = room(slot.millis(i));
            sessions[place] = slot.session(i);
            for (int scope = 0; scope < SlotBytes.IDS; scope++) {
                ids[place * SlotBytes.IDS + scope] = known[slot.id(i, scope)];
            }
        }
    }

    void add(Exposure exposure) {
        int place = room(exposure.millis());
        sessions[place] = exposure.session();
        for (CapScope scope : Scopes.ALL) {
            if (scope != CapScope.USER) {
                byte[] id = exposure.subject().id(scope).getBytes(StandardCharsets.UTF_8);
                ids[place * SlotBytes.IDS + Scopes.code(scope)] = numbers.number(id, 0, id.length);
            }
        }
    }

    int within(Window window) {
        int count = 0;
        for (int i = size - 1; i >= 0 && millis[i] >= window.from(); i--) {
            if (millis[i] < window.to()) {
                count++;
            }
        }
        return count;
    }

    /** Ads of the subject's kind within a window that everything in it shares. */
    int within(Window window, CapScope scope, CapSubject subject) {
        int id = find(scope, subject);
        int count = 0;
        for (int i = size - 1; id != IdNumbers.NONE && i >= 0 && millis[i] >= window.from(); i--) {
            if (millis[i] < window.to() && isOf(i, scope, id)) {
                count++;
            }
        }
        return count;
    }

    /** Ads of the subject's kind in one session, from a moment on. */
    int inSession(long session, long since, CapScope scope, CapSubject subject) {
        int id = find(scope, subject);
        int count = 0;
        for (int i = size - 1; id != IdNumbers.NONE && i >= 0 && millis[i] >= since; i--) {
            if (sessions[i] == session && isOf(i, scope, id)) {
                count++;
            }
        }
        return count;
    }

    /**
     * How many ads of the subject's kind there are in the fullest of the windows of this length that contain {@code at}.
     * That one may end after {@code at}, where a decision is made late and others came before it.
     */
    int mostWithin(long length, CapScope scope, CapSubject subject, long at) {
        int id = find(scope, subject);
        if (id == IdNumbers.NONE) {
            return 0;
        }
        int low = firstAfter(at - length);
        if (size == 0 || millis[size - 1] <= at) {
            // Nothing is later, so the window that ends now is the fullest.
            return count(low, scope, id);
        }
        int high = firstAfter(at + length - 1);
        int most = 0;
        int inside = 0;
        int start = low;
        for (int last = low; last < high; last++) {
            if (!isOf(last, scope, id)) {
                continue;
            }
            inside++;
            long end = Math.max(at, millis[last]);
            while (end - millis[start] >= length) {
                inside -= isOf(start, scope, id) ? 1 : 0;
                start++;
            }
            most = Math.max(most, inside);
        }
        return most;
    }

    private int count(int low, CapScope scope, int id) {
        if (scope == CapScope.USER) {
            return size - low;
        }
        int count = 0;
        for (int i = low; i < size; i++) {
            count += isOf(i, scope, id) ? 1 : 0;
        }
        return count;
    }

    private boolean isOf(int exposure, CapScope scope, int id) {
        return scope == CapScope.USER || ids[exposure * SlotBytes.IDS + Scopes.code(scope)] == id;
    }

    private int find(CapScope scope, CapSubject subject) {
        return scope == CapScope.USER ? 0 : numbers.find(subject.id(scope).getBytes(StandardCharsets.UTF_8));
    }

    /** Place of the first exposure later than a moment. */
    private int firstAfter(long moment) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (millis[middle] > moment) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Makes room for one at its place in time, nearly always at the end. */
    private int room(long at) {
        if (size == millis.length) {
            millis = Arrays.copyOf(millis, 2 * size);
            sessions = Arrays.copyOf(sessions, 2 * size);
            ids = Arrays.copyOf(ids, 2 * size * SlotBytes.IDS);
        }
        int place = size == 0 || millis[size - 1] <= at ? size : firstAfter(at);
        if (place < size) {
            int later = size - place;
            System.arraycopy(millis, place, millis, place + 1, later);
            System.arraycopy(sessions, place, sessions, place + 1, later);
            System.arraycopy(ids, place * SlotBytes.IDS, ids, (place + 1) * SlotBytes.IDS, later * SlotBytes.IDS);
        }
        millis[place] = at;
        size++;
        return place;
    }
}
