package dev.tierway.domain.routing;

/** The median without sorting: by selection (Hoare's FIND, 1961). */
final class Median {
    private Median() {}

    /**
     * The upper median of the first values, which are left in another order.
     *
     * @param values none of them NaN
     * @param size at least 1
     */
    static double of(double[] values, int size) {
        int wanted = size / 2;
        int low = 0;
        int high = size - 1;
        while (low < high) {
            double pivot = values[(low + high) >>> 1];
            int i = low;
            int j = high;
            while (i <= j) {
                while (values[i] < pivot) {
                    i++;
                }
                while (values[j] > pivot) {
                    j--;
                }
                if (i <= j) {
                    double moved = values[i];
                    values[i++] = values[j];
                    values[j--] = moved;
                }
            }
            if (wanted <= j) {
                high = j;
            } else if (wanted >= i) {
                low = i;
            } else {
                return values[wanted];
            }
        }
        return values[wanted];
    }
}
