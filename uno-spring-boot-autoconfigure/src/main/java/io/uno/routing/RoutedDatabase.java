package io.uno.routing;

import org.jspecify.annotations.Nullable;

/**
 * What the router needs of one database.
 *
 * @param main the pool of its own node
 * @param facts what is the same for all its connections
 * @param reads finds the nodes for its reads, {@code null} if it has no replica
 */
record RoutedDatabase(RoutedPool main, DatabaseFacts facts, @Nullable ReplicaReads reads) {

}
