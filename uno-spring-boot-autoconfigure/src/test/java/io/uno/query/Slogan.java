package io.uno.query;

import jakarta.persistence.AttributeConverter;
import org.jspecify.annotations.Nullable;

/**
 * A value that only the application knows.
 */
record Slogan(String text) {

	public static Slogan valueOf(String text) {
		return new Slogan(text);
	}

	@Override
	public String toString() {
		return this.text;
	}

	static class Converter implements AttributeConverter<Slogan, String> {

		@Override
		public @Nullable String convertToDatabaseColumn(@Nullable Slogan slogan) {
			return (slogan != null) ? slogan.text() : null;
		}

		@Override
		public @Nullable Slogan convertToEntityAttribute(@Nullable String text) {
			return (text != null) ? new Slogan(text) : null;
		}

	}

}
