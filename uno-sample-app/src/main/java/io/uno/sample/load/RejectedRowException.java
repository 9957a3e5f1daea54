package io.uno.sample.load;

/**
 * A row cannot be imported.
 */
class RejectedRowException extends Exception {

	private static final long serialVersionUID = 1L;

	private final transient RejectedRow row;

	RejectedRowException(RejectedRow row) {
		super(row.toString());
		this.row = row;
	}

	RejectedRow getRow() {
		return this.row;
	}

}
