package io.uno.type;

import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps a {@link GeoPoint} in a {@code point}: x is the longitude, y the latitude.
 */
final class GeoPointColumnType implements ColumnType<GeoPoint> {

	static final GeoPointColumnType INSTANCE = new GeoPointColumnType();

	private static final Pattern TEXT = Pattern.compile("\\(([^,()]+),([^,()]+)\\)");

	private GeoPointColumnType() {
	}

	@Override
	public Class<GeoPoint> javaType() {
		return GeoPoint.class;
	}

	@Override
	public String typeName() {
		return "point";
	}

	@Override
	public String format(GeoPoint value) {
		return "(" + value.longitude() + "," + value.latitude() + ")";
	}

	@Override
	public GeoPoint parse(String text) {
		Matcher matcher = TEXT.matcher(text.strip());
		if (!matcher.matches()) {
			throw new IllegalArgumentException("'%s' is not a point of the form (longitude,latitude)".formatted(text));
		}
		return new GeoPoint(degrees(matcher.group(2), text), degrees(matcher.group(1), text));
	}

	private static double degrees(String number, String text) {
		try {
			return Double.parseDouble(number.strip());
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("'%s' in the point '%s' is not a number".formatted(number, text), ex);
		}
	}

	@Override
	public int binaryLength(GeoPoint value) {
		return 2 * Double.BYTES;
	}

	@Override
	public void write(GeoPoint value, ByteBuffer target) {
		target.putDouble(value.longitude()).putDouble(value.latitude());
	}

}
