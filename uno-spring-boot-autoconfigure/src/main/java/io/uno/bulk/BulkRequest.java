package io.uno.bulk;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a spec has been told.
 *
 * @param <E> the entity
 * @param type the class of the entity
 * @param references the attributes to resolve, with whether leniently
 * @param errors what happens to bad rows
 * @param progress is told of the progress
 */
record BulkRequest<E>(Class<E> type, Map<String, Boolean> references, ErrorPolicy errors,
		Consumer<BulkProgress> progress) {

	static <E> BulkRequest<E> of(Class<E> type) {
		return new BulkRequest<>(type, Map.of(), ErrorPolicy.abort(), (progress) -> {
		});
	}

	BulkRequest<E> withReferences(boolean lenient, String... attributes) {
		Map<String, Boolean> refined = new LinkedHashMap<>(this.references);
		Arrays.stream(attributes).forEach((attribute) -> refined.put(attribute, lenient));
		return new BulkRequest<>(this.type, refined, this.errors, this.progress);
	}

	BulkRequest<E> withErrors(ErrorPolicy policy) {
		return new BulkRequest<>(this.type, this.references, policy, this.progress);
	}

	BulkRequest<E> withProgress(Consumer<? super BulkProgress> listener) {
		return new BulkRequest<>(this.type, this.references, this.errors, listener::accept);
	}

}
