package io.uno.bench;

import java.io.ByteArrayOutputStream;
import java.time.ZoneOffset;
import java.util.List;

import de.bytefish.pgbulkinsert.mapping.AbstractMapping;
import de.bytefish.pgbulkinsert.pgsql.PgBinaryWriter;

/**
 * The mapping that PgBulkInsert wants to have written by hand. Primitive attributes are
 * mapped without boxing.
 */
class ReadingMapping extends AbstractMapping<Reading> {

	ReadingMapping() {
		super("public", "reading");
		mapLongPrimitive("id", Reading::getId);
		mapUUID("sensor", Reading::getSensor);
		mapVarChar("site", Reading::getSite);
		mapVarChar("note", Reading::getNote);
		mapIntegerPrimitive("samples", Reading::getSamples);
		mapDoublePrimitive("celsius", Reading::getCelsius);
		mapBooleanPrimitive("valid", Reading::isValid);
		mapTimeStampTz("taken_at", (reading) -> reading.getTakenAt().atZone(ZoneOffset.UTC));
	}

	/**
	 * Encodes readings for a binary {@code COPY}.
	 * @param readings what to encode
	 * @return all that is sent
	 */
	byte[] encode(List<Reading> readings) {
		ByteArrayOutputStream encoded = new ByteArrayOutputStream();
		try (PgBinaryWriter writer = new PgBinaryWriter(encoded)) {
			for (Reading reading : readings) {
				writer.startRow(getColumns().size());
				getColumns().forEach((column) -> column.getWrite().accept(writer, reading));
			}
		}
		return encoded.toByteArray();
	}

}
