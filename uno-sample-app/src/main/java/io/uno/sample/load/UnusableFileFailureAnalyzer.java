package io.uno.sample.load;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Tells what is wrong with a data file without a stack trace.
 */
class UnusableFileFailureAnalyzer extends AbstractFailureAnalyzer<UnusableFileException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnusableFileException cause) {
		return new FailureAnalysis(cause.getMessage(),
				"Nothing was imported. Set atlas.cities to a CSV file in UTF-8, plain or compressed by gzip, "
						+ "that begins with the line:\n\n    " + String.join(",", CityReader.COLUMNS),
				cause);
	}

}
