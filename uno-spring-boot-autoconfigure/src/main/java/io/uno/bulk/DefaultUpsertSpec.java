package io.uno.bulk;

import io.uno.bulk.BulkService.UpsertSpec;

/**
 * An upsert that is being specified.
 *
 * @param <E> the entity
 */
final class DefaultUpsertSpec<E> extends AbstractSpec<E, UpsertSpec<E>> implements UpsertSpec<E> {

	DefaultUpsertSpec(BulkEngine engine, BulkRequest<E> request) {
		super(engine, request);
	}

	@Override
	UpsertSpec<E> refined(BulkEngine engine, BulkRequest<E> request) {
		return new DefaultUpsertSpec<>(engine, request);
	}

	@Override
	public UpsertSpec<E> by(String... attributes) {
		return refined(engine(), request().withKey(attributes));
	}

}
