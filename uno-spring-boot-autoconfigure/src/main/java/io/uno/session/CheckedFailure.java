package io.uno.session;

/**
 * Carries what is checked through Spring's templates, which roll back only what is not.
 */
final class CheckedFailure extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Exception checked;

	CheckedFailure(Exception checked) {
		super(checked);
		this.checked = checked;
	}

	Exception getChecked() {
		return this.checked;
	}

	static Throwable unwrap(Throwable failure) {
		return (failure instanceof CheckedFailure carrier) ? carrier.getChecked() : failure;
	}

}
