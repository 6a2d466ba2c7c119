package lethe.registrar.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import lethe.client.sealing.SmsContent;
import lethe.client.sealing.SmsWording;
import lethe.core.identity.Opaque;
import lethe.registrar.sms.CentreSettings;
import lethe.registrar.sms.SmsPart;
import lethe.registrar.text.Joining;
import lethe.registrar.text.SmsText;

/** Makes parts of what shall be said, as a centre wants them. */
final class Wordings {
    private final Map<String, CentreSettings> centres;
    private final Notices notices;

    Wordings(GatewaySettings settings) {
        this.centres = settings.centres();
        this.notices = settings.notices();
    }

    /** How many SMS it costs, whichever centre of a route takes it: their alphabets and headers differ. */
    int count(SmsContent content, Route route) {
        return route.centres().stream()
                .mapToInt(centre -> count(content, centre))
                .max()
                .orElseThrow();
    }

    private int count(SmsContent content, String centre) {
        CentreSettings settings = Objects.requireNonNull(centres.get(centre));
        // A centre that makes the parts itself makes as many.
        Joining joining = settings.joining() == Joining.BY_CENTRE ? Joining.PARAMETERS : settings.joining();
        SmsText text = SmsText.of(said(content), settings.alphabet(), joining, SmsText.MOST_PARTS);
        return text instanceof SmsText.Parts parts ? parts.parts().size() : ((SmsText.TooLong) text).parts();
    }

    /** The parts for a centre: one, if it makes them itself. */
    List<SmsPart> parts(SmsContent content, String centre, int reference) {
        CentreSettings settings = Objects.requireNonNull(centres.get(centre));
        Joining joining = settings.joining();
        if (!(SmsText.of(said(content), settings.alphabet(), joining, SmsText.MOST_PARTS)
                instanceof SmsText.Parts text)) {
            throw new IllegalStateException("its parts were counted when it was taken");
        }
        List<SmsPart> parts = new ArrayList<>();
        for (Opaque bytes : text.parts()) {
            parts.add(new SmsPart(
                    text.coding(),
                    bytes,
                    joining,
                    reference,
                    parts.size() + 1,
                    text.parts().size()));
        }
        return parts;
    }

    private String said(SmsContent content) {
        if (content.wording() instanceof SmsWording.Notice notice) {
            String words = notices.in(notice.language());
            return notice.mark().isEmpty() ? words : words + " " + notice.mark();
        }
        return ((SmsWording.Text) content.wording()).text();
    }
}
