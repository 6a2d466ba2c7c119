package lethe.registrar.verifier;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import lethe.core.identity.PlainIdentifier;
import lethe.registrar.sms.ShortText;
import lethe.registrar.sms.SmsSender;

/** For development: what would be sent is printed to the operator's terminal, without the number. */
final class PrintedCodes implements SmsSender {
    private final PrintWriter out;

    PrintedCodes(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Sending send(PlainIdentifier number, ShortText text) {
        out.println("sms " + new String(text.bytes().shared(), StandardCharsets.US_ASCII));
        out.flush();
        return Sending.TAKEN;
    }

    @Override
    public void close() {}
}
