package io.uno.docs;

import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/**
 * Takes the image that the environment names in the place of PostgreSQL's, for machines
 * that have no other.
 */
public final class PostgresImage extends ImageNameSubstitutor {

	@Override
	public DockerImageName apply(DockerImageName original) {
		String image = System.getenv("UNO_TEST_POSTGRES_IMAGE");
		return (image != null && original.getRepository().equals("postgres"))
				? DockerImageName.parse(image).asCompatibleSubstituteFor(original) : original;
	}

	@Override
	protected String getDescription() {
		return "UNO_TEST_POSTGRES_IMAGE in the place of postgres";
	}

}
