package lethe.seal.prekey;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks the few callers that may read the bytes of a {@link PrekeySecret}; any other caller does not compile. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.CONSTRUCTOR})
public @interface RevealsSecrets {
    /** Why this place needs the secret in clear. */
    String value();
}
