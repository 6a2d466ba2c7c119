package lethe.registrar.gateway;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A part of a configuration, read key by key. What is wrong is named by its key, and not quoted. */
final class Section {
    private final String name;
    private final Config config;
    private final Set<String> known = new HashSet<>();

    Section(String name, Config config) {
        this.name = name;
        this.config = config;
    }

    Section section(String key) throws IOException {
        return new Section(name + key + ".", get(key, () -> config.getConfig(key)));
    }

    /** With what is usual where it says nothing. */
    Section over(Config usual) {
        return new Section(name, config.withFallback(usual));
    }

    String text(String key, String form) throws IOException {
        String text = get(key, () -> config.getString(key));
        if (!text.matches(form)) {
            throw wrong(key);
        }
        return text;
    }

    long number(String key, long least, long most) throws IOException {
        long number = get(key, () -> config.getLong(key));
        if (number < least || number > most) {
            throw wrong(key);
        }
        return number;
    }

    int count(String key, int least, int most) throws IOException {
        return (int) number(key, least, most);
    }

    boolean flag(String key) throws IOException {
        return get(key, () -> config.getBoolean(key));
    }

    Duration time(String key, Duration least, Duration most) throws IOException {
        Duration time = get(key, () -> config.getDuration(key));
        if (time.compareTo(least) < 0 || time.compareTo(most) > 0) {
            throw wrong(key);
        }
        return time;
    }

    List<String> texts(String key, String form) throws IOException {
        List<String> texts = get(key, () -> config.getStringList(key));
        if (texts.isEmpty() || !texts.stream().allMatch(text -> text.matches(form))) {
            throw wrong(key);
        }
        return texts;
    }

    List<Config> list(String key) throws IOException {
        return get(key, () -> List.<Config>copyOf(config.getConfigList(key)));
    }

    Set<String> keys() {
        return config.root().keySet();
    }

    /** Complains of a key that nobody has asked for: a slip would go unnoticed. */
    void end() throws IOException {
        for (String key : config.root().keySet()) {
            if (!known.contains(key)) {
                throw new IOException("there is no setting " + name + key);
            }
        }
    }

    IOException wrong(String key) {
        return new IOException("the setting " + name + key + " is missing, or is not what it may be");
    }

    private <T> T get(String key, Reading<T> reading) throws IOException {
        known.add(key);
        try {
            return reading.read();
        } catch (ConfigException unreadable) {
            // Its message may quote a password.
            throw wrong(key);
        }
    }

    private interface Reading<T> {
        T read();
    }
}
