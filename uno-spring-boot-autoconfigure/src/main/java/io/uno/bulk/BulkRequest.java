package io.uno.bulk;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * What a spec has been told.
 *
 * @param <E> the entity
 * @param type the class of the entity
 * @param key the key of an upsert, or {@code null} for an insert
 * @param references the attributes to resolve, with whether leniently
 * @param errors what happens to bad rows
 * @param progress is told of the progress
 */
record BulkRequest<E>(Class<E> type, @Nullable Key key, Map<String, Boolean> references, ErrorPolicy errors,
		Consumer<BulkProgress> progress) {

	static <E> BulkRequest<E> insert(Class<E> type) {
		return new BulkRequest<>(type, null, Map.of(), ErrorPolicy.abort(), (progress) -> {
		});
	}

	static <E> BulkRequest<E> upsert(Class<E> type) {
		return BulkRequest.insert(type).withKey();
	}

	BulkRequest<E> withKey(String... attributes) {
		return new BulkRequest<>(this.type, new Key(List.of(attributes)), this.references, this.errors, this.progress);
	}

	BulkRequest<E> withReferences(boolean lenient, String... attributes) {
		Map<String, Boolean> refined = new LinkedHashMap<>(this.references);
		Arrays.stream(attributes).forEach((attribute) -> refined.put(attribute, lenient));
		return new BulkRequest<>(this.type, this.key, refined, this.errors, this.progress);
	}

	BulkRequest<E> withErrors(ErrorPolicy policy) {
		return new BulkRequest<>(this.type, this.key, this.references, policy, this.progress);
	}

	BulkRequest<E> withProgress(Consumer<? super BulkProgress> listener) {
		return new BulkRequest<>(this.type, this.key, this.references, this.errors, listener::accept);
	}

	/**
	 * Return whether what is generated for a row is set in its entity. An upsert does not
	 * know whether the row in the table has it.
	 * @return whether entities are told
	 */
	boolean tellsEntities() {
		return this.key == null;
	}

	/**
	 * By what an upsert finds rows.
	 *
	 * @param attributes the attributes of a unique key, or none for the id
	 */
	record Key(List<String> attributes) {

	}

}
