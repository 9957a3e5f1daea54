package io.uno.schema;

import jakarta.persistence.CheckConstraint;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/**
 * Without any of uno's annotations.
 */
@Entity
@Table(schema = "atlas", comment = "Where people go",
		check = @CheckConstraint(name = "named", constraint = "name <> ''"),
		indexes = @Index(name = "place_name", columnList = "name"))
class Place {

	@Id
	@GeneratedValue
	private @Nullable Long id;

	@Column(nullable = false)
	private String name = "";

	@Column(unique = true)
	private @Nullable Integer code;

}
