package io.uno.crud.autoconfigure;

/**
 * A {@code UnoDb} is to be injected where its type does not say for which entity.
 */
class UnnamedEntityException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	UnnamedEntityException(String injectionPoint) {
		super("The UnoDb at %s does not say for which entity".formatted(injectionPoint));
	}

}
