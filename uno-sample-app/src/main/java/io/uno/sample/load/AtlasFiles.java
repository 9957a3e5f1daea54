package io.uno.sample.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The files of one import.
 *
 * @param countries all countries
 * @param regions all regions
 * @param cities the cities to load
 */
record AtlasFiles(DataFile countries, DataFile regions, DataFile cities) {

	/**
	 * Takes the files that World Atlas brings.
	 * @param cities another file of cities to take, {@code null} for none
	 * @throws UnusableFileException if there is no such file
	 */
	static AtlasFiles with(@Nullable String cities) {
		return new AtlasFiles(DataFile.builtIn("countries.csv"), DataFile.builtIn("regions.csv"),
				(cities != null) ? DataFile.of(Path.of(cities)) : DataFile.builtIn("cities.csv.gz"));
	}

	/**
	 * Tells these files from all others by their content.
	 */
	String fingerprint() {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			for (DataFile file : List.of(this.countries, this.regions, this.cities)) {
				file.digest(digest);
			}
			return HexFormat.of().formatHex(digest.digest());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
