package io.uno.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Passes TCP connections on to a server on this machine, until it is told not to. Keeps
 * its port for its whole life, so that nobody else can take it while the server is down.
 * Thread-safe.
 */
final class Relay implements AutoCloseable {

	/** What a relay does with its connections. */
	enum State {

		/** Every connection is passed on. */
		OPEN,

		/** Established connections have been reset, new ones are reset at once. */
		CUT,

		/** Connections stay as they are, and nothing passes. */
		BLACK_HOLE

	}

	private static final int BUFFER_SIZE = 64 * 1024;

	private final ServerSocket listener;

	private final Set<Link> links = ConcurrentHashMap.newKeySet();

	private volatile int target;

	private State state = State.OPEN;

	private boolean closed;

	Relay() {
		try {
			this.listener = new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("No free port on 127.0.0.1", ex);
		}
		start("accept", this::accept);
	}

	int port() {
		return this.listener.getLocalPort();
	}

	void target(int port) {
		this.target = port;
	}

	synchronized State state() {
		return this.state;
	}

	void state(State newState) {
		synchronized (this) {
			this.state = newState;
			notifyAll();
		}
		if (newState == State.CUT) {
			this.links.forEach(Link::reset);
		}
	}

	@Override
	public void close() {
		synchronized (this) {
			this.closed = true;
			notifyAll();
		}
		closeQuietly(this.listener);
		this.links.forEach(Link::reset);
	}

	private void accept() {
		while (!this.listener.isClosed()) {
			try {
				Link link = new Link(this.listener.accept());
				this.links.add(link);
				start("connect", link::open);
			}
			catch (IOException ex) {
				// the listener was closed, or the client has gone already
			}
		}
	}

	// false when the connection has to end
	private synchronized boolean awaitOpen() throws InterruptedException {
		while (this.state == State.BLACK_HOLE && !this.closed) {
			wait();
		}
		return this.state == State.OPEN && !this.closed;
	}

	private void start(String task, Runnable body) {
		Thread thread = new Thread(body, "uno-relay-%d-%s".formatted(port(), task));
		thread.setDaemon(true);
		thread.start();
	}

	private static void closeQuietly(AutoCloseable closeable) {
		try {
			closeable.close();
		}
		catch (Exception ex) {
			// it is of no use any more, whether or not it says goodbye
		}
	}

	/**
	 * One connection of a client, and the connection to the server behind it.
	 */
	private final class Link {

		private final Socket client;

		private final Socket server = new Socket();

		Link(Socket client) {
			this.client = client;
		}

		void open() {
			try {
				if (!awaitOpen()) {
					reset();
					return;
				}
				this.server.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), Relay.this.target));
				this.server.setTcpNoDelay(true);
				this.client.setTcpNoDelay(true);
				start("receive", () -> pump(this.server, this.client));
				pump(this.client, this.server);
			}
			catch (IOException | InterruptedException ex) {
				reset();
			}
		}

		private void pump(Socket from, Socket to) {
			try {
				transfer(from.getInputStream(), to.getOutputStream());
				to.shutdownOutput();
				closeWhenBothEnded();
			}
			catch (IOException | InterruptedException ex) {
				reset();
			}
		}

		private void transfer(InputStream in, OutputStream out) throws IOException, InterruptedException {
			byte[] buffer = new byte[BUFFER_SIZE];
			for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
				if (!awaitOpen()) {
					throw new IOException("cut");
				}
				out.write(buffer, 0, count);
			}
		}

		private synchronized void closeWhenBothEnded() {
			if (this.client.isOutputShutdown() && this.server.isOutputShutdown()) {
				end();
			}
		}

		void reset() {
			try {
				this.client.setSoLinger(true, 0);
				this.server.setSoLinger(true, 0);
			}
			catch (IOException ex) {
				// closed already
			}
			end();
		}

		private void end() {
			closeQuietly(this.client);
			closeQuietly(this.server);
			Relay.this.links.remove(this);
		}

	}

}
