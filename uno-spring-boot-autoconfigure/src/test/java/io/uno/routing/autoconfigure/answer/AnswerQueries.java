package io.uno.routing.autoconfigure.answer;

import java.util.List;

import org.springframework.data.repository.NoRepositoryBean;

/**
 * What more than one repository inherits.
 */
@NoRepositoryBean
public interface AnswerQueries {

	List<Answer> readByText(String text);

}
