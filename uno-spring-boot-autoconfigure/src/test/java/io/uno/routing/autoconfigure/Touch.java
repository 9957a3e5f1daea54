package io.uno.routing.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.uno.routing.twins.Item;
import jakarta.persistence.LockModeType;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaDelete;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.CriteriaUpdate;
import org.hibernate.KeyType;
import org.hibernate.LockMode;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.hibernate.query.NativeQuery;

/**
 * A way into Hibernate, used on an item.
 *
 * @param name what it is called
 * @param kind what it does, as far as a read-only transaction is concerned
 * @param way the way
 */
record Touch(String name, Kind kind, Way way) {

	/**
	 * All ways that lead to SQL for an entity.
	 */
	static Stream<Touch> all() {
		return Stream.of(ofSession(), ofQueries(), ofStateless()).flatMap((touches) -> touches);
	}

	private static Stream<Touch> ofSession() {
		return Stream.of(read("find", (on) -> on.session.find(on.type, 2L)),
				read("find with graph",
						(on) -> on.session.find(on.type, 2L,
								Map.of("jakarta.persistence.loadgraph", on.session.createEntityGraph(on.type)))),
				lock("find and lock", (on) -> on.session.find(on.type, 1L, LockModeType.PESSIMISTIC_WRITE)),
				read("findMultiple", (on) -> on.session.findMultiple(on.type, List.of(1L, 2L))),
				lock("findMultiple and lock",
						(on) -> on.session.findMultiple(on.type, List.of(1L, 2L), LockMode.PESSIMISTIC_WRITE)),
				read("getReference", (on) -> on.session.getReference(on.type, 2L).getName()),
				read("natural id", (on) -> on.session.find(on.type, "none", KeyType.NATURAL)),
				read("several natural ids",
						(on) -> on.session.findMultiple(on.type, List.of("none", "no one"), KeyType.NATURAL)),
				write("persist", (on) -> on.session.persist(on.create())), write("persist and flush", (on) -> {
					on.session.persist(on.create());
					on.session.flush();
				}), merge("merge what is new", (on) -> {
					on.session.merge(on.create());
					on.session.flush();
				}), merge("merge what is detached", (on) -> {
					on.session.detach(on.loaded);
					on.loaded.setName("merged");
					on.session.merge(on.loaded);
					on.session.flush();
				}), write("remove", (on) -> {
					on.session.remove(on.loaded);
					on.session.flush();
				}), read("refresh", (on) -> on.session.refresh(on.loaded)),
				lock("refresh and lock", (on) -> on.session.refresh(on.loaded, LockModeType.PESSIMISTIC_READ)),
				lock("lock", (on) -> on.session.lock(on.loaded, LockModeType.PESSIMISTIC_WRITE)),
				lock("lock and increment",
						(on) -> on.session.lock(on.loaded, LockModeType.PESSIMISTIC_FORCE_INCREMENT)),
				read("collection of values", (on) -> on.loaded.getTags().size()),
				read("collection of entities", (on) -> on.loaded.getChildren().size()),
				write("flush of a change", (on) -> {
					on.loaded.setName("changed");
					on.session.flush();
				}), write("flush of a collection", (on) -> {
					on.loaded.getTags().add("another");
					on.session.flush();
				}));
	}

	private static Stream<Touch> ofQueries() {
		return Stream.of(
				read("select", (
						on) -> on.session.createQuery("from " + on.entity(), on.type).getResultList()),
				read("select one column",
						(on) -> on.session.createQuery("select i.name from %s i".formatted(on.entity()), String.class)
							.getResultList()),
				read("select count",
						(on) -> on.session.createQuery("select count(*) from " + on.entity(), Long.class)
							.getSingleResult()),
				read("select in a stream",
						(on) -> on.session.createQuery("from " + on.entity(), on.type).getResultStream().close()),
				read("scroll", (on) -> {
					try (var rows = on.session.createQuery("from " + on.entity(), on.type).scroll()) {
						rows.next();
					}
				}),
				read("select a collection",
						(on) -> on.session
							.createQuery("select t from %s i join i.tags t".formatted(on.entity()), String.class)
							.getResultList()),
				read("fetch a collection",
						(on) -> on.session
							.createQuery("from %s i left join fetch i.tags".formatted(on.entity()), on.type)
							.getResultList()),
				lock("select and lock",
						(on) -> on.session.createQuery("from " + on.entity(), on.type)
							.setLockMode(LockModeType.PESSIMISTIC_WRITE)
							.getResultList()),
				read("select a hierarchy",
						(on) -> on.session.createQuery("from " + on.other("Root"), Object.class).getResultList()),
				read("criteria", (on) -> {
					CriteriaQuery<? extends Item> query = on.session.getCriteriaBuilder().createQuery(on.type);
					query.from(on.type);
					on.session.createQuery(query).getResultList();
				}), write("update", (on) -> on.change("update %s set name = 'changed' where id = 1")),
				write("delete", (on) -> on.change("delete from %s where id = 1")),
				write("insert", (on) -> on.change("insert into %s (id, name, version) values (7, 'added', 0)")),
				write("insert from select",
						(on) -> on.change("insert into %1$s (id, name, version)"
								+ " select id + 10, name || '-copy', version from %1$s")),
				write("update of a hierarchy",
						(on) -> on.session
							.createMutationQuery(
									"update %s set color = 'red', name = 'red'".formatted(on.other("Leaf")))
							.executeUpdate()),
				write("delete of a hierarchy",
						(on) -> on.session.createMutationQuery("delete from " + on.other("Leaf")).executeUpdate()),
				write("update by criteria", (on) -> on.updateByCriteria()),
				write("delete of all", (on) -> on.change("delete from %s")),
				write("delete by criteria", (on) -> on.deleteByCriteria()),
				read("native query of entities",
						(on) -> on.session.createNativeQuery("select * from item", on.type).getResultList()),
				read("native query with an added entity",
						(on) -> on.session.createNativeQuery("select {i.*} from item i", Object.class)
							.unwrap(NativeQuery.class)
							.addEntity("i", on.type)
							.getResultList()),
				read("native query that names the entity",
						(on) -> on.session.createNativeQuery("select name from item", String.class)
							.addSynchronizedEntityClass(on.type)
							.getResultList()),
				nativeChange("native change that names the entity",
						(on) -> on.session
							.createNativeQuery("update item set name = 'changed' where id = 1", Object.class)
							.unwrap(NativeQuery.class)
							.addSynchronizedEntityClass(on.type)
							.executeUpdate()));
	}

	private static Stream<Touch> ofStateless() {
		return Stream.of(
				read("stateless get", stateless(
						(on, session) -> session.get(on.type, 1L))),
				lock("stateless get and lock",
						stateless((on, session) -> session.get(on.type, 1L, LockMode.PESSIMISTIC_WRITE))),
				read("stateless getMultiple",
						stateless((on, session) -> session.getMultiple(on.type, List.of(1L, 2L)))),
				read("stateless refresh", stateless((on, session) -> session.refresh(on.loaded))),
				read("stateless select",
						stateless(
								(on, session) -> session.createQuery("from " + on.entity(), on.type).getResultList())),
				read("stateless fetch", stateless((on, session) -> session.fetch(on.loaded.getTags()))),
				write("insert of a shared stateless session", shared((on, session) -> session.insert(on.create()))),
				write("stateless insert", stateless((on, session) -> session.insert(on.create()))),
				write("stateless update", stateless((on, session) -> {
					on.loaded.setName("changed");
					session.update(on.loaded);
				})), write("stateless upsert", stateless((on, session) -> session.upsert(on.loaded))),
				write("stateless delete", stateless((on, session) -> session.delete(on.loaded))),
				write("stateless delete by query",
						shared((on, session) -> session
							.createMutationQuery("delete from %s where id = 1".formatted(on.entity()))
							.executeUpdate())));
	}

	private static Touch read(String name, Way way) {
		return new Touch(name, Kind.READING, way);
	}

	private static Touch lock(String name, Way way) {
		return new Touch(name, Kind.LOCKING, way);
	}

	private static Touch write(String name, Way way) {
		return new Touch(name, Kind.WRITING, way);
	}

	private static Touch merge(String name, Way way) {
		return new Touch(name, Kind.MERGING, way);
	}

	private static Touch nativeChange(String name, Way way) {
		return new Touch(name, Kind.NATIVE, way);
	}

	private static Way shared(StatelessWay way) {
		return (on) -> {
			on.session.detach(on.loaded);
			try (StatelessSession session = on.session.statelessWithOptions().connection().openStatelessSession()) {
				way.use(on, session);
			}
		};
	}

	private static Way stateless(StatelessWay way) {
		return (on) -> {
			on.session.detach(on.loaded);
			try (StatelessSession session = on.session.getSessionFactory().openStatelessSession()) {
				way.use(on, session);
			}
		};
	}

	@Override
	public String toString() {
		return this.name;
	}

	/**
	 * What a way does, as far as a read-only transaction is concerned.
	 */
	enum Kind {

		/** Reads. */
		READING,

		/** Locks rows. */
		LOCKING,

		/** Writes, and says so to Hibernate at once. */
		WRITING,

		/** May write, as its flush finds out. */
		MERGING,

		/** Sends what Hibernate does not understand. */
		NATIVE;

		static final Set<Kind> REFUSED = Set.of(LOCKING, WRITING, MERGING);

	}

	/**
	 * A way into Hibernate.
	 */
	@FunctionalInterface
	interface Way extends Consumer<On> {

	}

	/**
	 * A way of a stateless session.
	 */
	@FunctionalInterface
	interface StatelessWay {

		void use(On on, StatelessSession session);

	}

	/**
	 * What a way is used on.
	 *
	 * @param session a session
	 * @param type the entity
	 * @param loaded the item with the id 1, loaded before
	 */
	record On(Session session, Class<? extends Item> type, Item loaded) {

		Item create() {
			try {
				Item created = this.type.getDeclaredConstructor().newInstance();
				created.setName("created");
				return created;
			}
			catch (ReflectiveOperationException ex) {
				throw new IllegalStateException(ex);
			}
		}

		String entity() {
			return this.type.getSimpleName();
		}

		String other(String suffix) {
			return entity().replace("Item", suffix);
		}

		int change(String statement) {
			return this.session.createMutationQuery(statement.formatted(entity())).executeUpdate();
		}

		int updateByCriteria() {
			return update(this.session.getCriteriaBuilder(), this.type);
		}

		private <T extends Item> int update(CriteriaBuilder criteria, Class<T> type) {
			CriteriaUpdate<T> update = criteria.createCriteriaUpdate(type);
			update.set(update.from(type).<String>get("name"), "changed");
			update.where(criteria.equal(update.getRoot().get("id"), 1L));
			return this.session.createMutationQuery(update).executeUpdate();
		}

		int deleteByCriteria() {
			return delete(this.session.getCriteriaBuilder(), this.type);
		}

		private <T extends Item> int delete(CriteriaBuilder criteria, Class<T> type) {
			CriteriaDelete<T> delete = criteria.createCriteriaDelete(type);
			delete.where(criteria.equal(delete.from(type).get("id"), 1L));
			return this.session.createMutationQuery(delete).executeUpdate();
		}

	}

}
