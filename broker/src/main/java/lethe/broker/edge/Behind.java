package lethe.broker.edge;

import java.time.Clock;
import java.util.function.Function;
import java.util.function.Supplier;
import lethe.broker.edge.resource.RegistrationSettings;
import lethe.broker.limit.Limits;
import lethe.broker.lookup.PublishedSets;
import lethe.broker.lookup.SetSigner;
import lethe.broker.session.Link;
import lethe.broker.session.Session;
import lethe.broker.session.Subscribers;
import lethe.core.protocol.Bodies;
import lethe.core.subscriber.Terms;

/**
 * What stands behind the edge.
 *
 * @param sessions makes a session for each socket
 * @param terms on which messages are taken
 * @param registration whom the broker believes that a number is somebody's
 * @param policy in force, with its text
 * @param sets what is published of who is listed
 * @param signer signs what the installation says of somebody
 * @param limits counts how often each is exhausted
 */
public record Behind(
        Subscribers subscribers,
        Function<Link, Session> sessions,
        Terms terms,
        RegistrationSettings registration,
        Supplier<Bodies.PolicyInForce> policy,
        PublishedSets sets,
        SetSigner signer,
        Limits limits,
        Clock clock) {}
