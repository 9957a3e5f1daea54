package io.uno.sample.load;

import java.util.ArrayList;
import java.util.List;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;

/**
 * Builds rows that know their line, and tells the line of a row that cannot be built.
 */
class CsvRowHandler extends AbstractBaseCsvCallbackHandler<CsvRow> {

	private final List<String> columns;

	private List<String> fields = new ArrayList<>();

	CsvRowHandler(List<String> columns) {
		this.columns = columns;
	}

	long line() {
		return getStartingLineNumber();
	}

	@Override
	protected void handleBegin(long startingLineNumber) {
		this.fields = new ArrayList<>(this.columns.size());
	}

	@Override
	protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
		this.fields.add(new String(buffer, offset, length));
	}

	@Override
	protected CsvRow buildRecord() {
		return new CsvRow(line(), this.columns, this.fields);
	}

}
