package io.uno.plain;

import java.util.List;

import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceUnitUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.jpa.test.autoconfigure.TestEntityManager;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The tests of the application, as it has them without uno.
 */
@DataJpaTest(properties = PlainApplication.FLYWAY)
abstract class AbstractLibraryTests {

	@Autowired
	private AuthorRepository authors;

	@Autowired
	private BookRepository books;

	@Autowired
	private TestEntityManager entityManager;

	@Autowired
	private JdbcTemplate jdbc;

	private Author frisch;

	@BeforeEach
	void createBooks() {
		this.frisch = this.entityManager.persist(new Author("Max Frisch"));
		this.entityManager.persist(new Book("Stiller", 1954, this.frisch));
		this.entityManager.persist(new Book("Homo faber", 1957, this.frisch));
		this.entityManager.persistAndFlush(new Book("Gantenbein", 1964, this.frisch));
		this.entityManager.clear();
	}

	@Test
	void savesAndFinds() {
		Author saved = this.authors.save(new Author("Friedrich Glauser"));
		assertThat(this.authors.findById(saved.getId())).containsSame(saved);
		assertThat(this.authors.findByName("Max Frisch")).isPresent();
		assertThat(this.authors.findByName("Nobody")).isEmpty();
	}

	@Test
	void startsEveryTestWithTheSameRows() {
		assertThat(this.books.count()).isEqualTo(3);
		assertThat(this.authors.count()).isOne();
	}

	@Test
	void pages() {
		Page<Book> page = this.books.findByPublishedGreaterThan(1900, PageRequest.of(1, 2, Sort.by("title")));
		assertThat(page.getTotalElements()).isEqualTo(3);
		assertThat(page).extracting(Book::getTitle).containsExactly("Stiller");
	}

	@Test
	void fetchesAssociations() {
		List<Book> found = this.books.findByAuthorNameOrderByTitle("Max Frisch");
		PersistenceUnitUtil util = this.entityManager.getEntityManager()
			.getEntityManagerFactory()
			.getPersistenceUnitUtil();
		assertThat(found).hasSize(3).allMatch((book) -> util.isLoaded(book, "author"));
	}

	@Test
	void loadsAssociationsLazily() {
		Book book = this.books.findAll().get(0);
		assertThat(this.entityManager.getEntityManager()
			.getEntityManagerFactory()
			.getPersistenceUnitUtil()
			.isLoaded(book, "author")).isFalse();
		assertThat(book.getAuthor().getName()).isEqualTo("Max Frisch");
	}

	@Test
	void countsByQuery() {
		assertThat(this.books.countOf(this.frisch)).isEqualTo(3);
	}

	@Test
	void queriesInSql() {
		assertThat(this.books.titlesOf(1957)).containsExactly("Homo faber");
		assertThat(this.jdbc.queryForObject("select count(*) from book", Integer.class)).isEqualTo(3);
	}

	@Test
	void updatesInBulk() {
		assertThat(this.books.delayAll()).isEqualTo(3);
		assertThat(this.books.titlesOf(1958)).containsExactly("Homo faber");
	}

	@Test
	void refusesASecondAuthorOfTheSameName() {
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> this.authors.saveAndFlush(new Author("Max Frisch")));
	}

	@Test
	void noticesConcurrentChanges() {
		Book book = this.books.findAll().get(0);
		this.jdbc.update("update book set version = version + 1");
		book.setTitle("Another");
		assertThatExceptionOfType(OptimisticLockException.class).isThrownBy(() -> this.entityManager.flush());
	}

}
