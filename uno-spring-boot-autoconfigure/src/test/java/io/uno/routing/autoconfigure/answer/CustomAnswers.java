package io.uno.routing.autoconfigure.answer;

/**
 * What no query answers.
 */
public interface CustomAnswers {

	boolean runsInTransaction();

}
