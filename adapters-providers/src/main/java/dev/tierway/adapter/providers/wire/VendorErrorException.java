package dev.tierway.adapter.providers.wire;

/** The vendor sent an error where an answer should be. */
public final class VendorErrorException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient VendorError error;

    public VendorErrorException(VendorError error) {
        super("the vendor sent an error instead of an answer");
        this.error = error;
    }

    public VendorError error() {
        return error;
    }
}
