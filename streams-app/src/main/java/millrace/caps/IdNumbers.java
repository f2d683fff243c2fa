package millrace.caps;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Gives each id a number, 0 and up, by its UTF-8 bytes where they lie: a decision meets hundreds of ids and asks about few, so no
 * text is made of them. Open addressing; for one thread.
 */
final class IdNumbers {
    static final int NONE = -1;

    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[][] sources = new byte[32][];
    private int[] starts = new int[32];
    private int[] lengths = new int[32];
    private int[] hashes = new int[32];
    /** A number and one, or 0 where there is none; twice as many as ids at least. */
    private int[] table = new int[64];

    private int size;

    /** The id's number, a new one when it has none; the bytes must not change from now on. */
    int number(byte[] source, int start, int length) {
        int hash = hash(source, start, length);
        int place = place(hash, source, start, length);
        if (table[place] != 0) {
            return table[place] - 1;
        }
        if (size == starts.length) {
            grow();
            place = place(hash, source, start, length);
        }
        sources[size] = source;
        starts[size] = start;
        lengths[size] = length;
        hashes[size] = hash;
        table[place] = ++size;
        return size - 1;
    }

    /** The id's number, or {@link #NONE}. */
    int find(byte[] id) {
        return table[place(hash(id, 0, id.length), id, 0, id.length)] - 1;
    }

    /** Where it is in the table, or would be. */
    private int place(int hash, byte[] source, int start, int length) {
        int place = hash & (table.length - 1);
        while (table[place] != 0 && !isAt(table[place] - 1, hash, source, start, length)) {
            place = (place + 1) & (table.length - 1);
        }
        return place;
    }

    private boolean isAt(int number, int hash, byte[] source, int start, int length) {
        return hashes[number] == hash
                && Arrays.equals(
                        sources[number],
                        starts[number],
                        starts[number] + lengths[number],
                        source,
                        start,
                        start + length);
    }

    private void grow() {
        sources = Arrays.copyOf(sources, 2 * size);
        starts = Arrays.copyOf(starts, 2 * size);
        lengths = Arrays.copyOf(lengths, 2 * size);
        hashes = Arrays.copyOf(hashes, 2 * size);
        table = new int[4 * size];
        for (int number = 0; number < size; number++) {
            int place = place(hashes[number], sources[number], starts[number], lengths[number]);
            table[place] = number + 1;
        }
    }

    /** Eight bytes at a time: a decision hashes some hundreds of ids. */
    private static int hash(byte[] source, int start, int length) {
        long hash = length;
        int i = start;
        for (int end = start + length - Long.BYTES; i <= end; i += Long.BYTES) {
            hash = (hash ^ (long) EIGHT_BYTES.get(source, i)) * MIX;
            hash ^= hash >>> 32;
        }
        for (; i < start + length; i++) {
            hash = (hash ^ source[i]) * MIX;
        }
        // Ids that differ in their last digit alone must not lie side by side.
        return (int) (hash ^ (hash >>> 29));
    }
}
