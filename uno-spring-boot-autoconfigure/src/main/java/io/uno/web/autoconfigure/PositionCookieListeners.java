package io.uno.web.autoconfigure;

import java.util.List;

import io.uno.web.CookieRefusal;
import io.uno.web.PositionCookieListener;

/**
 * Tells several listeners.
 *
 * @param listeners the listeners
 */
record PositionCookieListeners(List<PositionCookieListener> listeners) implements PositionCookieListener {

	@Override
	public void refused(CookieRefusal refusal) {
		this.listeners.forEach((listener) -> listener.refused(refusal));
	}

	@Override
	public void late() {
		this.listeners.forEach(PositionCookieListener::late);
	}

}
