package io.uno.error;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface BookRepository extends JpaRepository<Book, Long> {

	@Modifying
	@Query(value = "update book set title = ''", nativeQuery = true)
	int forgetTitles();

}
