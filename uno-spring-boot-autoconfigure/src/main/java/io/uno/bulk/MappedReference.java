package io.uno.bulk;

import java.util.List;

import org.hibernate.persister.entity.EntityPersister;

/**
 * An attribute that refers to another entity by a foreign key in the row.
 *
 * @param attribute the name of the attribute
 * @param position its position among the entity's references
 * @param path reads the referenced entity
 * @param target the referenced entity's persister
 * @param columns the columns of the foreign key
 */
record MappedReference(String attribute, int position, ValuePath path, EntityPersister target, List<String> columns) {

}
