package io.uno.bulk;

import java.util.Iterator;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.uno.bulk.BulkService.Spec;

/**
 * What the specs of all operations share.
 *
 * @param <E> the entity
 * @param <S> the spec itself
 */
abstract class AbstractSpec<E, S extends Spec<E, S>> implements Spec<E, S> {

	private final BulkEngine engine;

	private final BulkRequest<E> request;

	AbstractSpec(BulkEngine engine, BulkRequest<E> request) {
		this.engine = engine;
		this.request = request;
	}

	BulkEngine engine() {
		return this.engine;
	}

	BulkRequest<E> request() {
		return this.request;
	}

	abstract S refined(BulkEngine engine, BulkRequest<E> request);

	@Override
	public S resolving(String... attributes) {
		return refined(this.engine, this.request.withReferences(false, attributes));
	}

	@Override
	public S resolvingLeniently(String... attributes) {
		return refined(this.engine, this.request.withReferences(true, attributes));
	}

	@Override
	public S onError(ErrorPolicy policy) {
		return refined(this.engine, this.request.withErrors(policy));
	}

	@Override
	public S onProgress(Consumer<? super BulkProgress> listener) {
		return refined(this.engine, this.request.withProgress(listener));
	}

	@Override
	public BulkResult from(Iterable<? extends E> entities) {
		return this.engine.execute(this.request, entities::iterator);
	}

	@Override
	public BulkResult from(Iterator<? extends E> entities) {
		return this.engine.execute(this.request, () -> entities);
	}

	@Override
	public BulkResult from(Stream<? extends E> entities) {
		try (entities) {
			return this.engine.execute(this.request, entities::iterator);
		}
	}

	@Override
	public BulkPlan explain() {
		return this.engine.explain(this.request);
	}

}
