package io.uno.routing.autoconfigure;

import jakarta.persistence.EntityManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.orm.jpa.support.OpenEntityManagerInViewInterceptor;
import org.springframework.web.context.request.ServletWebRequest;

/**
 * The same with one session held open around each test, as open-in-view does around a
 * request.
 */
class RoutingWithOpenInViewTests extends RoutingTests {

	private final OpenEntityManagerInViewInterceptor openInView = new OpenEntityManagerInViewInterceptor();

	private final ServletWebRequest request = new ServletWebRequest(new MockHttpServletRequest());

	@BeforeEach
	void openSession() {
		this.openInView.setEntityManagerFactory(application().bean(EntityManagerFactory.class));
		this.openInView.preHandle(this.request);
	}

	@AfterEach
	@Override
	void everythingIsGivenBack() {
		this.openInView.afterCompletion(this.request, null);
		super.everythingIsGivenBack();
	}

}
