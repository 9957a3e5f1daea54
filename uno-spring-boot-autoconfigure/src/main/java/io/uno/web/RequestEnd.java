package io.uno.web;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/**
 * Ends the positions of a request that was completed by another thread.
 *
 * @param positions the positions
 */
record RequestEnd(RequestPositions positions) implements AsyncListener {

	@Override
	public void onComplete(AsyncEvent event) {
		this.positions.end();
	}

	@Override
	public void onTimeout(AsyncEvent event) {
		// is completed after that
	}

	@Override
	public void onError(AsyncEvent event) {
		// is completed after that
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
		// the dispatch that has started it listens anew
	}

}
