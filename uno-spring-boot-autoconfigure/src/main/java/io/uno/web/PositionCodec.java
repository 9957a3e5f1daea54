package io.uno.web;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.uno.datasource.Position;

/**
 * Writes positions as a signed text, and reads them back: the moment of writing and the
 * positions, after an HMAC-SHA-256 over the cookie's name and them, in Base64 for URLs.
 * It is signed, not secret: a place in a log tells nothing of what is written there. Safe
 * for use by many threads.
 */
final class PositionCodec {

	private static final String ALGORITHM = "HmacSHA256";

	private static final int SIGNATURE_LENGTH = 32;

	/**
	 * Room for positions of a few dozen databases; no browser takes more than 4 KB.
	 */
	private static final int MAX_LENGTH = 4000;

	private static final String SEPARATOR = "\n";

	private final byte[] name;

	private final SecretKeySpec key;

	private final Duration maxAge;

	PositionCodec(String name, byte[] secret, Duration maxAge) {
		this.name = (name + SEPARATOR).getBytes(StandardCharsets.UTF_8);
		this.key = new SecretKeySpec(secret, ALGORITHM);
		this.maxAge = maxAge;
	}

	String encode(Collection<Position> positions, long now) {
		byte[] content = positions.stream()
			.map(Position::toString)
			.collect(Collectors.joining(SEPARATOR, now + SEPARATOR, ""))
			.getBytes(StandardCharsets.UTF_8);
		byte[] signed = new byte[SIGNATURE_LENGTH + content.length];
		System.arraycopy(sign(content, 0), 0, signed, 0, SIGNATURE_LENGTH);
		System.arraycopy(content, 0, signed, SIGNATURE_LENGTH, content.length);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
	}

	List<Position> decode(String text, long now) throws RefusedCookieException {
		if (text.length() > MAX_LENGTH) {
			throw new RefusedCookieException(CookieRefusal.TOO_LONG);
		}
		byte[] signed = bytes(text);
		if (signed.length <= SIGNATURE_LENGTH) {
			throw new RefusedCookieException(CookieRefusal.GARBAGE);
		}
		byte[] signature = new byte[SIGNATURE_LENGTH];
		System.arraycopy(signed, 0, signature, 0, SIGNATURE_LENGTH);
		if (!MessageDigest.isEqual(signature, sign(signed, SIGNATURE_LENGTH))) {
			throw new RefusedCookieException(CookieRefusal.SIGNATURE);
		}
		String content = new String(signed, SIGNATURE_LENGTH, signed.length - SIGNATURE_LENGTH, StandardCharsets.UTF_8);
		try {
			return positions(content, now);
		}
		catch (IllegalArgumentException ex) {
			// signed by an instance that writes it in another way
			throw new RefusedCookieException(CookieRefusal.GARBAGE);
		}
	}

	private List<Position> positions(String content, long now) throws RefusedCookieException {
		String[] lines = content.split(SEPARATOR);
		long written = Long.parseLong(lines[0]);
		if (now - written > this.maxAge.toMillis() || written - now > this.maxAge.toMillis()) {
			throw new RefusedCookieException(CookieRefusal.TOO_OLD);
		}
		List<Position> positions = new ArrayList<>();
		for (int i = 1; i < lines.length; i++) {
			positions.add(Position.parse(lines[i]));
		}
		return positions;
	}

	private static byte[] bytes(String text) throws RefusedCookieException {
		try {
			byte[] bytes = Base64.getUrlDecoder().decode(text);
			// what decodes to the same bytes in another spelling was not written here
			if (!Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text)) {
				throw new RefusedCookieException(CookieRefusal.GARBAGE);
			}
			return bytes;
		}
		catch (IllegalArgumentException ex) {
			throw new RefusedCookieException(CookieRefusal.GARBAGE);
		}
	}

	private byte[] sign(byte[] bytes, int offset) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(this.key);
			mac.update(this.name);
			mac.update(bytes, offset, bytes.length - offset);
			return mac.doFinal();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Failed to sign positions", ex);
		}
	}

}
