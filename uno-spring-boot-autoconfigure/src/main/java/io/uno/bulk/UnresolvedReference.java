package io.uno.bulk;

/**
 * A reference whose natural key was not found, so that its foreign key is {@code null}.
 *
 * @param row the number of the row in the source, from 1
 * @param attribute the attribute that refers to another entity
 * @param key the key that was tried, such as {@code country.code=CH, code=99}
 * @since 0.1.0
 */
public record UnresolvedReference(long row, String attribute, String key) {

}
