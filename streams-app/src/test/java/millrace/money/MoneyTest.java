package millrace.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MoneyTest {
    private static final Money MOST = new Money(Long.MAX_VALUE);
    private static final Money LEAST = new Money(Long.MIN_VALUE);

    @Test
    void aSumThatFitsNoLongIsAnErrorAndNoWrap() {
        assertThat(MOST.minus(new Money(1)).plus(new Money(1))).isEqualTo(MOST);
        assertThatThrownBy(() -> MOST.plus(new Money(1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> LEAST.minus(new Money(1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Money.ZERO.minus(LEAST)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void oneImpressionCostsTheThousandthPartExactly() {
        assertThat(new Cpm(2_500_000).perImpression()).isEqualTo(new Money(2_500_000));
        assertThat(new Cpm(1).perImpression()).as("a CPM of a millionth").isEqualTo(new Money(1));
        assertThat(new Cpm(Long.MAX_VALUE).perImpression()).isEqualTo(MOST);
        assertThatThrownBy(() -> new Cpm(-1)).hasMessageContaining("0 or more");
    }

    @Test
    void amountsCompareBySize() {
        assertThat(LEAST).isLessThan(MOST);
        assertThat(LEAST.max(MOST)).isEqualTo(MOST);
        assertThat(LEAST.min(MOST)).isEqualTo(LEAST);
        assertThat(MOST.atLeast(MOST)).isTrue();
        assertThat(LEAST.isPositive()).isFalse();
    }
}
