package io.uno.routing.twins.atlas;

import io.uno.routing.twins.Root;
import jakarta.persistence.Entity;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.Table;

@Entity
@Table(name = "root")
@Inheritance(strategy = InheritanceType.JOINED)
public class AtlasRoot extends Root {

}
