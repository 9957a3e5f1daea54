package io.uno.routing.autoconfigure.answer;

import org.springframework.transaction.support.TransactionSynchronizationManager;

class CustomAnswersImpl implements CustomAnswers {

	@Override
	public boolean runsInTransaction() {
		return TransactionSynchronizationManager.isActualTransactionActive();
	}

}
