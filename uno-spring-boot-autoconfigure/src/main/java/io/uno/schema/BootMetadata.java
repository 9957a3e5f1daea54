package io.uno.schema;

import org.hibernate.boot.Metadata;
import org.hibernate.service.Service;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Hibernate's model of the mapping, as a service of its session factory.
 */
final class BootMetadata implements Service {

	private static final long serialVersionUID = 1L;

	private transient volatile @Nullable Metadata metadata;

	void set(Metadata metadata) {
		this.metadata = metadata;
	}

	Metadata get() {
		Metadata known = this.metadata;
		Assert.state(known != null, "Hibernate has not started yet, and the mapping is not known before");
		return known;
	}

}
