package io.uno.session.autoconfigure;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.SocketFactory;

/**
 * Sockets that count how often the driver sends something. It sends what belongs to one
 * round trip at once.
 */
public class CountedSockets extends SocketFactory {

	private static final AtomicInteger sent = new AtomicInteger();

	static int sent() {
		return sent.get();
	}

	@Override
	public Socket createSocket() {
		return new CountedSocket();
	}

	@Override
	public Socket createSocket(String host, int port) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Socket createSocket(InetAddress host, int port) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
		throw new UnsupportedOperationException();
	}

	private static final class CountedSocket extends Socket {

		@Override
		public OutputStream getOutputStream() throws IOException {
			return new FilterOutputStream(super.getOutputStream()) {

				@Override
				public void write(byte[] bytes, int offset, int length) throws IOException {
					sent.incrementAndGet();
					this.out.write(bytes, offset, length);
				}

			};
		}

	}

}
