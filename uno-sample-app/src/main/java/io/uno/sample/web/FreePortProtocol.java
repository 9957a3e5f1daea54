package io.uno.sample.web;

import java.net.BindException;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioEndpoint;

/**
 * HTTP on the given port or, when that is in use, on a free one. The port is never probed
 * beforehand, so that nobody can take it in between.
 */
public class FreePortProtocol extends Http11NioProtocol {

	private static final Log logger = LogFactory.getLog(FreePortProtocol.class);

	/**
	 * For Tomcat to create.
	 */
	public FreePortProtocol() {
		super(new FreePortEndpoint());
	}

	/**
	 * Binds the socket.
	 */
	private static final class FreePortEndpoint extends NioEndpoint {

		@Override
		protected void initServerSocket() throws Exception {
			try {
				super.initServerSocket();
			}
			catch (BindException ex) {
				int wanted = getPort();
				doCloseServerSocket();
				setPort(0);
				super.initServerSocket();
				logger.warn("Port %d is in use, World Atlas listens on port %d".formatted(wanted, getLocalPort()));
			}
		}

	}

}
