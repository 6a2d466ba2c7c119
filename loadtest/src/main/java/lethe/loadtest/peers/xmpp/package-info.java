/** As much of XMPP as the comparison needs: RFC 6120 and 6121, receipts of XEP-0184. No TLS, no XML but the usual. */
@NullMarked
package lethe.loadtest.peers.xmpp;

import org.jspecify.annotations.NullMarked;
