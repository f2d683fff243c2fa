package millrace.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "https://A.Example/x?y=1 https://a.example/x?y=1",
                "http://a.example http://a.example/",
                "https://a.example?q=1 https://a.example/?q=1",
                "https://a.example:443/ https://a.example/",
                "https://a.example:8443/ https://a.example:8443/",
                "https://a.example./p https://a.example/p",
                "https://a.example/p#frag https://a.example/p",
                "https://a.example/{x}|[y]?a[]=^1&b=\"<> https://a.example/%7Bx%7D%7C%5By%5D?a%5B%5D=%5E1&b=%22%3C%3E",
                "https://a.example/100%?x=%zz&y=%41 https://a.example/100%25?x=%25zz&y=%41",
                "https://a.example/я?q=я https://a.example/%D1%8F?q=%D1%8F",
                "https://пример.рф/ https://xn--e1afmkfd.xn--p1ai/",
                "https://a.example/a/./b/../c https://a.example/a/c",
                "https://a.example/.. https://a.example/",
                "http://[2606:4700::1111]:8080/x http://[2606:4700:0:0:0:0:0:1111]:8080/x",
                "http://[::ffff:127.0.0.1]/ http://127.0.0.1/",
                "http://8.8.8.8/ http://8.8.8.8/"
            })
    void urlIsReadAsAdTagsWriteIt(String text, String expected) throws Url.Refusal {
        assertThat(Url.parse(text)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a.example/x",
                "//a.example/x",
                "file:///etc/passwd",
                "ftp://a.example/",
                "gopher://a.example/",
                "javascript:alert(1)",
                "jar:http://a.example!/",
                "http:a.example",
                "http:///x",
                "http://user@a.example/",
                "http://user:secret@a.example/",
                "http://a.example:secret@b.example/",
                "http://a.example\\@b.example/",
                "http://a.example%2eevil/",
                "http://a_b c.example/",
                "http://.example/",
                "http://a..example/",
                "http://a.example:0/",
                "http://a.example:65536/",
                "http://a.example:8o/",
                "http://2130706433/",
                "http://0x7f000001/",
                "http://0x7f.1/",
                "http://127.1/",
                "http://0177.0.0.1/",
                "http://127.0.0.01/",
                "http://127.0.0.256/",
                "http://1.2.3.4.5/",
                "http://a.example.0x7f/",
                "http://[::1%25eth0]/",
                "http://[::1/",
                "http://[zz]/",
                "http://[]/",
                "http://[::1]x/",
                "http://a.example/\r\nHost: b",
                "http://a.example/\u0000",
                "http://a.exam\u2028ple/"
            })
    void whatIsNoSafeWebAddressIsRefused(String text) {
        assertThatThrownBy(() -> Url.parse(text)).isInstanceOf(Url.Refusal.class);
    }

    @Test
    void overlongUrlIsRefused() {
        assertThatThrownBy(() -> Url.parse("http://a.example/" + "x".repeat(Url.MAX_LENGTH)))
                .isInstanceOf(Url.Refusal.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "/abs https://h.example/abs",
                "rel https://h.example/a/b/rel",
                "../up?q https://h.example/a/up?q",
                "?q=2 https://h.example/a/b/c?q=2",
                "//other.example/x https://other.example/x",
                "http://other.example:81/x http://other.example:81/x",
                "#frag https://h.example/a/b/c?q=1"
            })
    void referencesAreResolvedLikeALinkOnAPage(String reference, String expected) throws Url.Refusal {
        assertThat(Url.parse("https://h.example/a/b/c?q=1").resolve(reference)).hasToString(expected);
    }

    @Test
    void referenceToAnotherSchemeIsRefused() throws Url.Refusal {
        Url base = Url.parse("https://h.example/");

        assertThatThrownBy(() -> base.resolve("file:///etc/passwd")).isInstanceOf(Url.Refusal.class);
        assertThatThrownBy(() -> base.resolve("//127.1/")).isInstanceOf(Url.Refusal.class);
    }

    @Test
    void queryMayHaveAnyScriptButNoSeparator() throws Url.Refusal {
        Url url = Url.parse("https://h.example/a?b=1");

        assertThat(url.withQuery("q=кино")).hasToString("https://h.example/a?q=кино");
        assertThat(url.withQuery("")).hasToString("https://h.example/a");
        assertThat(url.query()).isEqualTo("b=1");
        assertThatThrownBy(() -> url.withQuery("a b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> url.withQuery("a\n")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void originNamesThePortUnlessItIsTheUsualOne() throws Url.Refusal {
        assertThat(Url.parse("http://h.example:80/x").origin()).isEqualTo("http://h.example");
        assertThat(Url.parse("http://h.example:443/x").origin()).isEqualTo("http://h.example:443");
        assertThat(Url.parse("http://[2606::1]/x").origin()).isEqualTo("http://[2606:0:0:0:0:0:0:1]");
    }

    @Test
    void componentsAreEncodedAsJavascriptDoes() {
        assertThat(PercentEncoding.component("aZ09-_.!~*'() &=+/?#[]%\u0416\uD83D\uDE00\r\n"))
                .isEqualTo("aZ09-_.!~*'()%20%26%3D%2B%2F%3F%23%5B%5D%25%D0%96%F0%9F%98%80%0D%0A");
        assertThat(PercentEncoding.component("\uD800")).isEqualTo("%3F");
    }

    @Test
    void rawValuesKeepLettersAndNothingThatSeparates() {
        assertThat(PercentEncoding.rawValue("Ж ё é e\u0301 日本&a=b#c%+\u0085\u2028\u00A0\u202E"))
                .isEqualTo("Ж%20ё%20é%20e\u0301%20日本%26a=b%23c%25%2B%C2%85%E2%80%A8%C2%A0%E2%80%AE");
    }

    @Test
    void decodingUndoesEncodingAndLeavesTheRest() {
        assertThat(PercentEncoding.decoded("%D0%96%zz%4")).isEqualTo("Ж%zz%4");
        assertThat(PercentEncoding.decoded("plain")).isEqualTo("plain");
    }
}
