package io.uno.datasource.autoconfigure;

import java.time.Duration;

import io.uno.datasource.MonitorSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;

/**
 * How reads find their replicas, for every database that says nothing else. Immutable.
 *
 * @param freshness what a read demands of a replica that says nothing itself: any,
 * own-writes, latest (the primary), or by how much a replica may be behind, such as 2s.
 * @param replicas which reads may go to a replica.
 * @param balancing which of several replicas that would do answers a read.
 * @param catchUpTimeout how long a read waits for a replica to catch up with what its
 * caller has written.
 * @param ownWritesWindow for how long after a write its caller reads from the primary
 * where the servers tell no positions.
 * @param maxLag by how much a replica may be behind before nothing is read from it.
 * @param probeInterval time between two questions to a node how it is.
 * @param probeTimeout how long a node may take to answer.
 * @param repositoryQueries which transaction a query method of a repository runs in that
 * declares none.
 * @since 0.1.0
 */
@ConfigurationProperties(prefix = "uno.reads", ignoreUnknownFields = false)
public record ReadsProperties(@DefaultValue("own-writes") String freshness, @DefaultValue("all") Replicas replicas,
		@DefaultValue("round-robin") Balancing balancing, @DefaultValue("50ms") Duration catchUpTimeout,
		@DefaultValue("5s") Duration ownWritesWindow, @DefaultValue("10s") Duration maxLag,
		@DefaultValue("1s") Duration probeInterval, @DefaultValue("100ms") Duration probeTimeout,
		@DefaultValue("read-only") RepositoryQueries repositoryQueries) {

	/**
	 * Reads the properties that hold for every database.
	 * @param environment the application's environment
	 * @return what it says of reads
	 */
	public static ReadsProperties from(Environment environment) {
		return Binder.get(environment).bindOrCreate("uno.reads", ReadsProperties.class);
	}

	/**
	 * Reads the properties of a database.
	 * @param environment the application's environment
	 * @param database name of the database
	 * @return what it says of reads on that database
	 */
	public static ReadsProperties from(Environment environment, String database) {
		ReadsProperties common = from(environment);
		DatabasesProperties.DatabaseProperties own = DatabasesProperties.from(environment).databases().get(database);
		return (own != null && own.reads() != null) ? own.reads().over(common) : common;
	}

	MonitorSettings toMonitorSettings() {
		return new MonitorSettings(this.probeInterval, this.probeTimeout, this.maxLag);
	}

	/**
	 * Which reads may go to a replica.
	 */
	public enum Replicas {

		/**
		 * All of them.
		 */
		ALL,

		/**
		 * Those that say by themselves how fresh their data has to be.
		 */
		MARKED

	}

	/**
	 * Which of several replicas answers.
	 */
	public enum Balancing {

		/**
		 * Each in turn, by its weight.
		 */
		ROUND_ROBIN,

		/**
		 * The one with the fewest connections in use, by its weight.
		 */
		LEAST_BUSY

	}

	/**
	 * Which transaction a query method of a repository runs in that declares none.
	 */
	public enum RepositoryQueries {

		/**
		 * In a read-only transaction of its own, unless its caller has begun one.
		 */
		READ_ONLY,

		/**
		 * In none, unless its caller has begun one, as Spring Data has it.
		 */
		AS_DECLARED

	}

	/**
	 * How reads of one database find their replicas, where that differs from
	 * {@code uno.reads}. Immutable.
	 *
	 * @param freshness what a read demands of a replica that says nothing itself: any,
	 * own-writes, latest (the primary), or by how much a replica may be behind, such as
	 * 2s.
	 * @param replicas which reads may go to a replica.
	 * @param balancing which of several replicas that would do answers a read.
	 * @param catchUpTimeout how long a read waits for a replica to catch up with what its
	 * caller has written.
	 * @param ownWritesWindow for how long after a write its caller reads from the primary
	 * where the servers tell no positions.
	 * @param maxLag by how much a replica may be behind before nothing is read from it.
	 * @param probeInterval time between two questions to a node how it is.
	 * @param probeTimeout how long a node may take to answer.
	 */
	public record DatabaseReadsProperties(@Nullable String freshness, @Nullable Replicas replicas,
			@Nullable Balancing balancing, @Nullable Duration catchUpTimeout, @Nullable Duration ownWritesWindow,
			@Nullable Duration maxLag, @Nullable Duration probeInterval, @Nullable Duration probeTimeout) {

		ReadsProperties over(ReadsProperties common) {
			return new ReadsProperties(or(this.freshness, common.freshness()), or(this.replicas, common.replicas()),
					or(this.balancing, common.balancing()), or(this.catchUpTimeout, common.catchUpTimeout()),
					or(this.ownWritesWindow, common.ownWritesWindow()), or(this.maxLag, common.maxLag()),
					or(this.probeInterval, common.probeInterval()), or(this.probeTimeout, common.probeTimeout()),
					common.repositoryQueries());
		}

		private static <V> V or(@Nullable V own, V common) {
			return (own != null) ? own : common;
		}

	}

}
