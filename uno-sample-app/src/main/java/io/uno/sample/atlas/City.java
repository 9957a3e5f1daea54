package io.uno.sample.atlas;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.uno.type.GeoPoint;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.ScrollPosition;

/**
 * A city, known by its GeoNames id.
 */
@Entity
public class City {

	/** Drawn from the sequence a thousand at a time, as cities come by the thousand. */
	@Id
	@GeneratedValue
	@SequenceGenerator(name = "city_seq", allocationSize = 1_000)
	private @Nullable Long id;

	@Column(unique = true)
	private long geonameId;

	private String name;

	/** What is compared with what people type. */
	private String searchName;

	@ManyToOne(fetch = FetchType.LAZY, optional = false)
	private Country country;

	@ManyToOne(fetch = FetchType.LAZY)
	private @Nullable Region region;

	/** Kept beside the region, as some cities name one that is not known. */
	@Column(length = 8)
	private @Nullable String regionCode;

	@Enumerated(EnumType.STRING)
	@Column(length = 5)
	private Feature feature;

	private int population;

	private GeoPoint location;

	@Version
	private int version;

	@SuppressWarnings("NullAway.Init")
	protected City() {
	}

	public City(long geonameId, String name, Country country, @Nullable Region region, Feature feature, int population,
			GeoPoint location) {
		this.geonameId = geonameId;
		this.name = name;
		this.searchName = searchable(name);
		this.country = country;
		this.region = region;
		this.regionCode = (region != null) ? region.getCode() : null;
		this.feature = feature;
		this.population = population;
		this.location = location;
	}

	void change(String name, Feature feature, int population, GeoPoint location) {
		this.name = name;
		this.searchName = searchable(name);
		this.feature = feature;
		this.population = population;
		this.location = location;
	}

	/**
	 * Makes a name, or the beginning of one, findable without a keyboard that has its
	 * accents.
	 */
	static String searchable(String name) {
		String letters = Normalizer.normalize(name, Form.NFD).replaceAll("\\p{M}", "");
		return Normalizer.normalize(letters, Form.NFC).toLowerCase(Locale.ROOT);
	}

	/**
	 * Where the city stands, whatever cities are sorted by.
	 */
	ScrollPosition position() {
		return ScrollPosition.forward(Map.of("id", Objects.requireNonNull(this.id), "geonameId", this.geonameId, "name",
				this.name, "population", this.population));
	}

	public long getGeonameId() {
		return this.geonameId;
	}

	public String getName() {
		return this.name;
	}

	public Country getCountry() {
		return this.country;
	}

	public @Nullable Region getRegion() {
		return this.region;
	}

	public @Nullable String getRegionCode() {
		return this.regionCode;
	}

	public Feature getFeature() {
		return this.feature;
	}

	public int getPopulation() {
		return this.population;
	}

	public GeoPoint getLocation() {
		return this.location;
	}

	public int getVersion() {
		return this.version;
	}

}
