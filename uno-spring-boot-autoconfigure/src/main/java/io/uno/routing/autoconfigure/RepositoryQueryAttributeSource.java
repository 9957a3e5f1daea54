package io.uno.routing.autoconfigure;

import java.lang.reflect.Method;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.transaction.interceptor.DefaultTransactionAttribute;
import org.springframework.transaction.interceptor.TransactionAttribute;
import org.springframework.transaction.interceptor.TransactionAttributeSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Has the queries of a repository run in a read-only transaction where neither they nor
 * their callers say anything of transactions. Safe for use by many threads.
 */
final class RepositoryQueryAttributeSource implements TransactionAttributeSource {

	private static final TransactionAttribute READ_ONLY = readOnly();

	private final TransactionAttributeSource declared;

	private final Set<Method> queries;

	/**
	 * Creates a source.
	 * @param declared tells what the application declares
	 * @param queries the methods that only read
	 */
	RepositoryQueryAttributeSource(TransactionAttributeSource declared, Set<Method> queries) {
		this.declared = declared;
		this.queries = queries;
	}

	private static TransactionAttribute readOnly() {
		DefaultTransactionAttribute attribute = new DefaultTransactionAttribute();
		attribute.setReadOnly(true);
		return attribute;
	}

	@Override
	public boolean isCandidateClass(Class<?> targetClass) {
		return true;
	}

	/**
	 * In a transaction of its caller a query is left alone: as a participant, a query
	 * that finds more than one row would leave nothing to its caller but to roll back.
	 */
	@Override
	public @Nullable TransactionAttribute getTransactionAttribute(Method method, @Nullable Class<?> targetClass) {
		TransactionAttribute attribute = this.declared.getTransactionAttribute(method, targetClass);
		boolean readOnly = attribute == null && this.queries.contains(method)
				&& !TransactionSynchronizationManager.isSynchronizationActive();
		return readOnly ? READ_ONLY : attribute;
	}

}
