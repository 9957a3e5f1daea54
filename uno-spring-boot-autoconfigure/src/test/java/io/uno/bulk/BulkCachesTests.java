package io.uno.bulk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import org.hibernate.KeyType;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Hibernate remembers of rows that bulk writes.
 */
@Tag("postgres")
class BulkCachesTests {

	private static final TestPersistence persistence = TestPersistence
		.onPostgres(Map.of("hibernate.cache.use_second_level_cache", "true", "hibernate.cache.use_query_cache", "true",
				"hibernate.cache.region.factory_class", new MapRegionFactory()), Album.class, Song.class);

	private final BulkService bulk = persistence.bulk();

	@BeforeEach
	void fill() {
		persistence.jdbc().sql("truncate song, album").update();
		persistence.entityManagerFactory().getCache().evictAll();
		persistence.persist(new Album(1, "one", "First"));
		assertThat(title(1)).isEqualTo("First");
	}

	@AfterAll
	static void close() {
		persistence.close();
	}

	@Test
	void forgetsUpsertedEntitiesAfterTheCommit() {
		assertThat(persistence.entityManagerFactory().getCache().contains(Album.class, 1L)).isTrue();
		this.bulk.upsert(Album.class).from(List.of(new Album(1, "one", "Second")));
		assertThat(title(1)).isEqualTo("Second");
	}

	@Test
	void forgetsNaturalIds() {
		assertThat(idOf("one")).isEqualTo(1);
		persistence.jdbc().sql("update album set code = 'old' where id = 1").update();
		this.bulk.insert(Album.class).from(List.of(new Album(2, "one", "Other")));
		assertThat(idOf("one")).isEqualTo(2);
	}

	@Test
	void forgetsCollectionsOfTheEntities() {
		assertThat(songs(1)).isZero();
		Song song = new Song();
		song.id = 7;
		song.album = new Album(1, "one", "First");
		this.bulk.insert(Song.class).from(List.of(song));
		assertThat(songs(1)).isOne();
	}

	@Test
	void forgetsResultsOfQueries() {
		assertThat(countByQuery()).isOne();
		this.bulk.insert(Album.class).from(List.of(new Album(2, "two", "Second")));
		assertThat(countByQuery()).isEqualTo(2);
	}

	@Test
	void doesNotRefreshEntitiesOfThePersistenceContext() {
		persistence.inTransaction((entityManager) -> {
			Album album = entityManager.find(Album.class, 1L);
			this.bulk.upsert(Album.class).from(List.of(new Album(1, "one", "Second")));
			assertThat(album.title).isEqualTo("First");
			entityManager.refresh(album);
			assertThat(album.title).isEqualTo("Second");
			return true;
		});
	}

	private static @Nullable String title(long id) {
		return persistence.inTransaction((entityManager) -> entityManager.find(Album.class, id)).title;
	}

	private static long idOf(String code) {
		return persistence.inTransaction((entityManager) -> entityManager.find(Album.class, code, KeyType.NATURAL)).id;
	}

	private static int songs(long id) {
		return persistence.inTransaction((entityManager) -> entityManager.find(Album.class, id).songs.size());
	}

	private static int countByQuery() {
		return persistence.inTransaction((entityManager) -> entityManager.createQuery("from Album", Album.class)
			.setHint("org.hibernate.cacheable", true)
			.getResultList()
			.size());
	}

	@Entity(name = "Album")
	@Cacheable
	@Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
	@NaturalIdCache
	static class Album {

		@Id
		long id;

		@NaturalId(mutable = true)
		@Nullable String code;

		@Nullable String title;

		@OneToMany(mappedBy = "album")
		@Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
		List<Song> songs = new ArrayList<>();

		Album() {
		}

		Album(long id, String code, String title) {
			this.id = id;
			this.code = code;
			this.title = title;
		}

	}

	@Entity(name = "Song")
	static class Song {

		@Id
		long id;

		@ManyToOne
		@Nullable Album album;

	}

}
