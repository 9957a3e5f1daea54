package io.uno.routing.autoconfigure.answer;

import java.util.List;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.transaction.annotation.Transactional;

@Transactional
public interface DeclaredAnswerRepository extends JpaRepository<Answer, Integer>, AnswerQueries {

	List<Answer> findByText(String text);

}
