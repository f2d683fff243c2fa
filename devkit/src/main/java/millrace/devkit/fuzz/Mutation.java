package millrace.devkit.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes bad documents of good ones. The same seed and number give the same document, so that one can be made again.
 *
 * @param seeds good documents, at least one
 */
record Mutation(List<byte[]> seeds, long seed) {
    private static final int MOST_STEPS = 6;
    private static final int LONGEST = 64 * 1024;

    /** What parsers stumble over. */
    private static final List<byte[]> TOKENS = List.of(
                    "<!DOCTYPE VAST [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>",
                    "<![CDATA[",
                    "]]>",
                    "<!--",
                    "-->",
                    "<?xml version='1.0' encoding='UTF-16'?>",
                    "<?pi",
                    "?>",
                    "&a;",
                    "&#0;",
                    "&#x10FFFF;",
                    "&#xD800;",
                    "&amp",
                    "<Ad>",
                    "</Ad>",
                    "<Ad sequence='999999999999'><InLine>",
                    "<VAST version='4.0'>",
                    "</VAST>",
                    "<Linear><Linear>",
                    "<a:b:c xmlns:a='' a:a='1' a:a='2'>",
                    " xmlns='urn:x' ",
                    " xmlns:xml='urn:x' ",
                    " id='1' id='2' ",
                    "<Duration>99:99:99.999999999</Duration>",
                    "<Extension><Extension>",
                    "\u0000",
                    "\uFEFF",
                    "\uFFFF",
                    "=\"",
                    "'",
                    "<",
                    ">",
                    "%",
                    "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='file:///etc/passwd'/>")
            .stream()
            .map(token -> token.getBytes(StandardCharsets.UTF_8))
            .toList();

    byte[] document(long number) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
        byte[] bytes = pick(seeds, random);
        int steps = 1 + random.nextInt(1 + random.nextInt(MOST_STEPS));
        for (int i = 0; i < steps && bytes.length > 0; i++) {
            bytes = step(bytes, random);
        }
        return bytes;
    }

    private byte[] step(byte[] from, SplittableRandom random) {
        int at = random.nextInt(from.length);
        int length = Math.min(from.length - at, 1 + random.nextInt(1 + random.nextInt(256)));
        Element element = Element.after(from, at);
        byte[] other = pick(seeds, random);
        byte[] others = Element.after(other, random.nextInt(other.length)).of(other);
        return switch (random.nextInt(16)) {
            // The document stays well-formed, and means something else.
            case 0, 1 -> spliced(from, element.begin(), element.length(), new byte[0]);
            case 2, 3 -> spliced(from, element.begin(), 0, element.of(from));
            case 4, 5 -> spliced(from, element.begin(), 0, others);
            case 6, 7 -> spliced(from, element.begin(), element.length(), others);
            // It hardly does.
            case 8 -> flipped(from, random);
            case 9 -> spliced(from, at, length, new byte[0]);
            case 10 -> spliced(from, at, 0, part(from, at, length));
            case 11 -> spliced(from, at, 0, pick(TOKENS, random));
            case 12 -> spliced(from, at, length, pick(TOKENS, random));
            case 13 -> spliced(from, at, length, piece(other, random));
            case 14 -> spliced(from, at, from.length - at, new byte[0]);
            default -> repeated(from, at, length, random);
        };
    }

    private static byte[] flipped(byte[] from, SplittableRandom random) {
        byte[] bytes = from.clone();
        int flips = 1 + random.nextInt(8);
        for (int i = 0; i < flips; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    /** Elements deep in each other, texts and tags without end. */
    private static byte[] repeated(byte[] from, int at, int length, SplittableRandom random) {
        byte[] piece = part(from, at, length);
        int most = Math.max(1, (LONGEST - Math.min(LONGEST, from.length)) / piece.length);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int times = random.nextInt(1 + random.nextInt(Math.min(most, 400)));
        for (int i = 0; i < times; i++) {
            all.writeBytes(piece);
        }
        return spliced(from, at, 0, all.toByteArray());
    }

    private static byte[] piece(byte[] from, SplittableRandom random) {
        int at = random.nextInt(from.length);
        return part(from, at, Math.min(from.length - at, random.nextInt(1024)));
    }

    static byte[] part(byte[] from, int at, int length) {
        byte[] part = new byte[length];
        System.arraycopy(from, at, part, 0, length);
        return part;
    }

    private static byte[] spliced(byte[] from, int at, int gone, byte[] put) {
        byte[] bytes = new byte[from.length - gone + put.length];
        System.arraycopy(from, 0, bytes, 0, at);
        System.arraycopy(put, 0, bytes, at, put.length);
        System.arraycopy(from, at + gone, bytes, at + put.length, from.length - at - gone);
        return bytes;
    }

    private static byte[] pick(List<byte[]> from, SplittableRandom random) {
        return from.get(random.nextInt(from.size()));
    }
}
