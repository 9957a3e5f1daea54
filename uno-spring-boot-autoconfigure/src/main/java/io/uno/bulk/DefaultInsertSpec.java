package io.uno.bulk;

import io.uno.bulk.BulkService.InsertSpec;

/**
 * An insert that is being specified.
 *
 * @param <E> the entity
 */
final class DefaultInsertSpec<E> extends AbstractSpec<E, InsertSpec<E>> implements InsertSpec<E> {

	DefaultInsertSpec(BulkEngine engine, BulkRequest<E> request) {
		super(engine, request);
	}

	@Override
	InsertSpec<E> refined(BulkEngine engine, BulkRequest<E> request) {
		return new DefaultInsertSpec<>(engine, request);
	}

}
