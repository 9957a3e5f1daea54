package io.uno.sample.atlas;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.UniqueConstraint;
import org.jspecify.annotations.Nullable;

/**
 * A first-level region of a country, such as a canton or a state, known by its code
 * within the country.
 */
@Entity
@Table(uniqueConstraints = @UniqueConstraint(columnNames = { "country_id", "code" }))
public class Region {

	@Id
	@GeneratedValue
	private @Nullable Long id;

	@ManyToOne(fetch = FetchType.LAZY, optional = false)
	private Country country;

	@Column(length = 8)
	private String code;

	private String name;

	@SuppressWarnings("NullAway.Init")
	protected Region() {
	}

	public Region(Country country, String code, String name) {
		this.country = country;
		this.code = code;
		this.name = name;
	}

	/**
	 * Names a region by its natural key, for others to refer to.
	 * @param country the country it belongs to
	 * @param code its code within the country
	 * @return a region with nothing but the key
	 */
	public static Region named(Country country, String code) {
		Region region = new Region();
		region.country = country;
		region.code = code;
		return region;
	}

	public Country getCountry() {
		return this.country;
	}

	public String getCode() {
		return this.code;
	}

	public String getName() {
		return this.name;
	}

}
