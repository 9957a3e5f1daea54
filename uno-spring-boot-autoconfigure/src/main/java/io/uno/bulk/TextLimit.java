package io.uno.bulk;

/**
 * The limit that {@code varchar(n)} sets, which counts characters and not UTF-16 units.
 */
final class TextLimit {

	private TextLimit() {
	}

	/**
	 * Refuse a text that is too long.
	 * @param text the text
	 * @param limit the greatest number of characters, or 0 when there is no limit
	 * @throws RowRefusedException if the text is too long
	 */
	static void require(String text, int limit) throws RowRefusedException {
		if (limit == 0 || text.length() <= limit) {
			return;
		}
		int characters = text.codePointCount(0, text.length());
		if (characters > limit) {
			throw new RowRefusedException(
					"the text has %d characters, and the column keeps up to %d".formatted(characters, limit));
		}
	}

}
