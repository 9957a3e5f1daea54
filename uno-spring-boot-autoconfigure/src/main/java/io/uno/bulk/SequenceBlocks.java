package io.uno.bulk;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.hibernate.id.IdentifierGeneratorHelper;

/**
 * Draws as many values of a sequence as are needed in one round trip, each of which may
 * stand for a block of ids as Hibernate's optimizers divide them.
 */
final class SequenceBlocks implements IdentifierDrawer {

	private final Connection connection;

	private final String statement;

	private final Shape shape;

	private final Class<?> idType;

	private final Deque<Long> drawn = new ArrayDeque<>();

	private long next = 1;

	private long last;

	SequenceBlocks(Connection connection, String statement, Shape shape, Class<?> idType) {
		this.connection = connection;
		this.statement = statement;
		this.shape = shape;
		this.idType = idType;
	}

	@Override
	public void draw(List<Row> rows) throws SQLException {
		for (int i = 0; i < rows.size(); i++) {
			if (this.next > this.last) {
				beginBlock(rows.size() - i);
			}
			rows.get(i)
				.id(IdentifierGeneratorHelper.getIntegralDataTypeHolder(this.idType)
					.initialize(this.next++)
					.makeValue());
		}
	}

	private void beginBlock(int needed) throws SQLException {
		if (this.drawn.isEmpty()) {
			drawValues((needed + this.shape.size() - 1) / this.shape.size());
		}
		long value = this.drawn.remove();
		this.next = this.shape.first(value);
		this.last = this.shape.last(value);
	}

	private void drawValues(int count) throws SQLException {
		try (PreparedStatement prepared = this.connection.prepareStatement(this.statement)) {
			prepared.setInt(1, count);
			try (ResultSet results = prepared.executeQuery()) {
				while (results.next()) {
					this.drawn.add(results.getLong(1));
				}
			}
		}
	}

	/**
	 * Which ids a value of the sequence stands for.
	 *
	 * @param size the number of ids
	 * @param upwards whether the value is the first of them, and not the last
	 * @param initial the first value of the sequence, below which there are no ids
	 */
	record Shape(int size, boolean upwards, long initial) {

		static Shape single() {
			return new Shape(1, true, Long.MIN_VALUE);
		}

		static Shape from(int size) {
			return new Shape(size, true, Long.MIN_VALUE);
		}

		static Shape upTo(int size, long initial) {
			return new Shape(size, false, initial);
		}

		long first(long value) {
			return this.upwards ? value : Math.max(value - this.size + 1, Math.min(this.initial, value));
		}

		long last(long value) {
			return this.upwards ? value + this.size - 1 : value;
		}

	}

}
