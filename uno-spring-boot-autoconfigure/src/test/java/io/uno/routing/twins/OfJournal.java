package io.uno.routing.twins;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

import io.uno.routing.UseDatabase;

/**
 * A name of the application's own for what belongs to the journal.
 */
@UseDatabase("journal")
@Retention(RetentionPolicy.RUNTIME)
public @interface OfJournal {

}
