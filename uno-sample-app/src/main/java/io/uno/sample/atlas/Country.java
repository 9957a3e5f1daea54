package io.uno.sample.atlas;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

/**
 * A country, known by its ISO code.
 */
@Entity
public class Country {

	@Id
	@GeneratedValue
	private @Nullable Long id;

	@Column(unique = true, length = 2)
	private String code;

	private String name;

	private String nativeName;

	private String phone;

	private String continent;

	private @Nullable String capital;

	private @Nullable String currencies;

	private @Nullable String languages;

	@SuppressWarnings("NullAway.Init")
	protected Country() {
	}

	public Country(String code, String name, String nativeName, String phone, String continent,
			@Nullable String capital, @Nullable String currencies, @Nullable String languages) {
		this.code = code;
		this.name = name;
		this.nativeName = nativeName;
		this.phone = phone;
		this.continent = continent;
		this.capital = capital;
		this.currencies = currencies;
		this.languages = languages;
	}

	/**
	 * Names a country by its natural key, for others to refer to.
	 * @param code the ISO code
	 * @return a country with nothing but the code
	 */
	public static Country named(String code) {
		Country country = new Country();
		country.code = code;
		return country;
	}

	public String getCode() {
		return this.code;
	}

	public String getName() {
		return this.name;
	}

}
