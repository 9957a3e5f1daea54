package io.uno.plain;

import java.util.List;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface BookRepository extends JpaRepository<Book, Long> {

	Page<Book> findByPublishedGreaterThan(int year, Pageable page);

	@EntityGraph(attributePaths = "author")
	List<Book> findByAuthorNameOrderByTitle(String name);

	@Query("select count(b) from Book b where b.author = :author")
	long countOf(Author author);

	@Query(value = "select title from book where published = :year", nativeQuery = true)
	List<String> titlesOf(int year);

	@Modifying(clearAutomatically = true, flushAutomatically = true)
	@Query("update Book b set b.published = b.published + 1")
	int delayAll();

}
