package lethe.registrar.gateway;

import java.util.Map;

/**
 * What a notice says, by language: that there is a message, and nothing of it.
 *
 * @param usual of the language that is used for all others
 */
record Notices(String usual, Map<String, String> texts) {
    Notices {
        texts = Map.copyOf(texts);
    }

    /** In that language, else in the language without its region, else as usual. */
    String in(String language) {
        int dash = language.indexOf('-');
        String plain = dash < 0 ? language : language.substring(0, dash);
        return texts.getOrDefault(language, texts.getOrDefault(plain, usual));
    }
}
