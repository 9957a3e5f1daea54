package io.uno.error;

import java.util.List;

import org.springframework.dao.InvalidDataAccessApiUsageException;

/**
 * A class was used as an entity and is none.
 *
 * @since 0.1.0
 */
public class UnknownEntityException extends InvalidDataAccessApiUsageException {

	private static final long serialVersionUID = 1L;

	private final String className;

	@SuppressWarnings("serial") // List.copyOf is serializable
	private final List<String> known;

	/**
	 * Create an exception.
	 * @param className the name of the class
	 * @param known the names of the entities that there are
	 */
	public UnknownEntityException(String className, List<String> known) {
		super("%s is not an entity; %s".formatted(className,
				known.isEmpty() ? "there are none" : "the entities are " + String.join(", ", known)));
		this.className = className;
		this.known = List.copyOf(known);
	}

	/**
	 * Return which class is no entity.
	 * @return the name of the class
	 */
	public String getClassName() {
		return this.className;
	}

	/**
	 * Return the entities that there are.
	 * @return their names
	 */
	public List<String> getKnown() {
		return this.known;
	}

}
