/**
 * From numbers to tags: a phone asks taggers, and believes none of them.
 *
 * <p>Takes numbers as E.164 and changes nothing about them. Which tag belongs to whom stays on the phone.
 */
@NullMarked
package lethe.client.tagging;

import org.jspecify.annotations.NullMarked;
