package io.uno.bulk;

/**
 * Hands out specs over one engine.
 */
final class DefaultBulkService implements BulkService {

	private final BulkEngine engine;

	DefaultBulkService(BulkEngine engine) {
		this.engine = engine;
	}

	@Override
	public <E> InsertSpec<E> insert(Class<E> type) {
		return new DefaultInsertSpec<>(this.engine, BulkRequest.insert(type));
	}

	@Override
	public <E> UpsertSpec<E> upsert(Class<E> type) {
		return new DefaultUpsertSpec<>(this.engine, BulkRequest.upsert(type));
	}

}
