package io.uno.sample.load;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV file as entities, read one by one. Rows that cannot be read are set
 * aside; a malformed one costs no more than its line.
 *
 * @param <T> the entity
 */
class CsvTable<T> implements Iterator<T>, Closeable {

	private static final int MALFORMED_ROWS = 100;

	private final DataFile file;

	private final RowReader<T> reader;

	private final ByteCounter bytes = new ByteCounter();

	private final Rejections rejections = new Rejections();

	private final long size;

	private CsvRowHandler handler;

	private CsvReader<CsvRow> csv;

	private Iterator<CsvRow> rows;

	private @Nullable T next;

	private long read;

	private int malformed;

	/**
	 * Opens a file.
	 * @throws UnusableFileException if it has not the columns that the reader asks for
	 */
	CsvTable(DataFile file, RowReader<T> reader) {
		this.file = file;
		this.reader = reader;
		try {
			this.size = file.size();
		}
		catch (IOException ex) {
			throw unusable(ex);
		}
		this.handler = new CsvRowHandler(reader.columns());
		this.csv = open(this.handler);
		this.rows = this.csv.iterator();
		try {
			requireHeader();
		}
		catch (UnusableFileException ex) {
			close();
			throw ex;
		}
	}

	private CsvReader<CsvRow> open(CsvRowHandler handler) {
		try {
			return CsvReader.builder()
				.allowMissingFields(true)
				.allowExtraFields(true)
				.detectBomHeader(true)
				.build(handler, this.file.open(this.bytes), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw unusable(ex);
		}
	}

	private void requireHeader() {
		List<String> columns = this.reader.columns();
		List<String> header;
		try {
			header = this.rows.hasNext() ? this.rows.next().fields() : List.of();
		}
		catch (UncheckedIOException | CsvParseException ex) {
			throw unusable(ex);
		}
		if (!header.equals(columns)) {
			throw new UnusableFileException(this.file.name(),
					header.isEmpty() ? "it is empty" : "its first line is '%s'".formatted(excerpt(header)));
		}
	}

	private static String excerpt(List<String> header) {
		String line = String.join(",", header).replaceAll("\\p{Cntrl}", "?");
		return (line.length() > 100) ? line.substring(0, 100) + "..." : line;
	}

	@Override
	public boolean hasNext() {
		if (this.next == null) {
			this.next = fetch();
		}
		return this.next != null;
	}

	@Override
	public T next() {
		T result = (this.next != null) ? this.next : fetch();
		this.next = null;
		if (result == null) {
			throw new NoSuchElementException();
		}
		return result;
	}

	private @Nullable T fetch() {
		while (hasRow()) {
			this.read++;
			try {
				CsvRow row = this.rows.next();
				return this.reader.read(wellFormed(row));
			}
			catch (RejectedRowException ex) {
				this.rejections.add(ex.getRow());
			}
		}
		return null;
	}

	private boolean hasRow() {
		try {
			return this.rows.hasNext();
		}
		catch (CsvParseException ex) {
			Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
			this.read++;
			this.rejections.add(malformed(this.handler.line(), String.valueOf(cause.getMessage())));
			return hasRow();
		}
		catch (UncheckedIOException ex) {
			throw unusable(ex);
		}
	}

	private CsvRow wellFormed(CsvRow row) throws RejectedRowException {
		int columns = row.columns().size();
		int fields = row.fields().size();
		if (row.fields().get(fields - 1).contains("\n")) {
			throw new RejectedRowException(malformed(row.line(), "a quotation mark is not closed"));
		}
		if (fields < columns) {
			row.reject(row.columns().get(fields), "is missing, the row has %d of %d values".formatted(fields, columns));
		}
		if (fields > columns) {
			throw new RejectedRowException(
					new RejectedRow(row.line(), null, "it has %d values for %d columns".formatted(fields, columns)));
		}
		return row;
	}

	/**
	 * The end of a malformed row can't be known: goes on with the line after its first.
	 */
	private RejectedRow malformed(long line, String reason) {
		if (++this.malformed > MALFORMED_ROWS) {
			throw new UnusableFileException(this.file.name(),
					"more than %d rows are malformed, the last in line %d: %s".formatted(MALFORMED_ROWS, line, reason));
		}
		close();
		this.handler = new CsvRowHandler(this.reader.columns());
		this.csv = open(this.handler);
		this.csv.skipLines((int) line);
		this.rows = this.csv.iterator();
		return new RejectedRow(line, null, reason);
	}

	private UnusableFileException unusable(Exception ex) {
		Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
		return new UnusableFileException(this.file.name(), "reading it failed: " + cause.getMessage(), ex);
	}

	/**
	 * Returns the number of rows read, including those set aside.
	 */
	long rowsRead() {
		return this.read;
	}

	/**
	 * Returns how much of the file has been read, from 0 to 1.
	 */
	double fraction() {
		return (this.size > 0) ? Math.min(1, (double) this.bytes.get() / this.size) : 1;
	}

	Rejections rejections() {
		return this.rejections;
	}

	@Override
	public void close() {
		try {
			this.csv.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
