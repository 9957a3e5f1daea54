package io.uno.session.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Passes connections on to a server and cuts one of them, once, when something certain is
 * sent: before the server has seen it, or after it has answered. Thread-safe.
 */
final class CuttingRelay implements AutoCloseable {

	private final ServerSocket listener;

	private final int target;

	private final Set<Link> links = ConcurrentHashMap.newKeySet();

	private final AtomicReference<@Nullable Cut> next = new AtomicReference<>();

	CuttingRelay(int target) {
		this.target = target;
		try {
			this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	int port() {
		return this.listener.getLocalPort();
	}

	/**
	 * Cuts the next connection over which a text is sent.
	 */
	void cut(When when, String text) {
		this.next.set(new Cut(when, text.toLowerCase(Locale.ROOT)));
	}

	boolean hasCut() {
		return this.next.get() == null;
	}

	private void accept() {
		while (!this.listener.isClosed()) {
			try {
				Link link = new Link(this.listener.accept(), new Socket(InetAddress.getLoopbackAddress(), this.target));
				this.links.add(link);
				start(link::send);
				start(link::receive);
			}
			catch (IOException ex) {
				// the listener was closed, or the client has gone already
			}
		}
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "cutting-relay");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() {
		try (this.listener) {
			this.links.forEach(Link::reset);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * When a connection is cut.
	 */
	enum When {

		/**
		 * The server never sees what was sent.
		 */
		BEFORE_IT_IS_SEEN,

		/**
		 * The client never sees the answer.
		 */
		AFTER_THE_ANSWER

	}

	private record Cut(When when, String text) {

	}

	/**
	 * One connection of a client, and the one to the server behind it.
	 */
	private final class Link {

		private final Socket client;

		private final Socket server;

		private volatile boolean answerIsCut;

		Link(Socket client, Socket server) throws IOException {
			this.client = client;
			this.server = server;
			client.setTcpNoDelay(true);
			server.setTcpNoDelay(true);
		}

		void send() {
			pump(this.client, this.server, this::isCutBefore);
		}

		void receive() {
			pump(this.server, this.client, (sent) -> this.answerIsCut);
		}

		private boolean isCutBefore(String sent) {
			Cut cut = CuttingRelay.this.next.get();
			// what watches the nodes asks for this setting at any time
			boolean meant = cut != null && sent.replace("synchronous_commit", "").contains(cut.text());
			if (!meant || !CuttingRelay.this.next.compareAndSet(cut, null)) {
				return false;
			}
			this.answerIsCut = cut.when() == When.AFTER_THE_ANSWER;
			return cut.when() == When.BEFORE_IT_IS_SEEN;
		}

		private void pump(Socket from, Socket to, Predicate<String> cut) {
			byte[] buffer = new byte[64 * 1024];
			try {
				InputStream in = from.getInputStream();
				OutputStream out = to.getOutputStream();
				for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
					if (cut.test(new String(buffer, 0, count, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT))) {
						break;
					}
					out.write(buffer, 0, count);
				}
			}
			catch (IOException ex) {
				// the other side has gone
			}
			reset();
		}

		void reset() {
			for (Socket socket : new Socket[] { this.client, this.server }) {
				try {
					socket.close();
				}
				catch (IOException ex) {
					// it is of no use any more
				}
			}
			CuttingRelay.this.links.remove(this);
		}

	}

}
