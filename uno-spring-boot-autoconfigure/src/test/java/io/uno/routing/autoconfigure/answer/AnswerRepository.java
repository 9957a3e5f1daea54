package io.uno.routing.autoconfigure.answer;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.uno.routing.Fresh;
import io.uno.routing.Freshness;
import jakarta.persistence.LockModeType;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.query.Procedure;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

public interface AnswerRepository extends JpaRepository<Answer, Integer>, AnswerQueries, CustomAnswers {

	Optional<Answer> findByText(String text);

	@Fresh(Freshness.Level.LATEST)
	List<Answer> findByIdLessThan(int id);

	boolean existsByReplica(boolean replica);

	Page<Answer> findByIdGreaterThan(int id, Pageable page);

	@Query("select a.replica from Answer a where a.id = :id")
	boolean replicaAnswers(int id);

	@Query(value = "select pg_is_in_recovery()", nativeQuery = true)
	boolean isInRecovery();

	@NativeQuery("select count(*) from question where text = :text")
	int countOf(String text);

	@NativeQuery("insert into question values (:id, 'inserted') returning pg_is_in_recovery()")
	boolean insertUnmarked(int id);

	@Transactional
	@NativeQuery("insert into question values (:id, 'inserted') returning pg_is_in_recovery()")
	boolean insert(int id);

	@Modifying
	@Query("update Answer a set a.text = :text where a.id = :id")
	int rename(int id, String text);

	@Modifying
	@Transactional
	@Query("update Answer a set a.text = :text where a.id = :id")
	int renameInTransaction(int id, String text);

	@Lock(LockModeType.PESSIMISTIC_WRITE)
	Optional<Answer> findLockedByText(String text);

	@Transactional
	@Lock(LockModeType.PESSIMISTIC_WRITE)
	Optional<Answer> findLockedInTransactionByText(String text);

	@Transactional
	Optional<Answer> getByText(String text);

	@Transactional(propagation = Propagation.SUPPORTS)
	Optional<Answer> searchByText(String text);

	void deleteByText(String text);

	Stream<Answer> streamByText(String text);

	@Procedure(procedureName = "answers")
	void answers();

	default boolean isDefaultInTransaction() {
		return TransactionSynchronizationManager.isActualTransactionActive();
	}

}
