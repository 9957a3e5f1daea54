package io.uno.sample.atlas;

/**
 * What kind of populated place a city is: the GeoNames feature codes of class P.
 */
public enum Feature {

	/** Populated place. */
	PPL,

	/** Seat of a first-order administrative division. */
	PPLA,

	/** Seat of a second-order administrative division. */
	PPLA2,

	/** Seat of a third-order administrative division. */
	PPLA3,

	/** Seat of a fourth-order administrative division. */
	PPLA4,

	/** Seat of a fifth-order administrative division. */
	PPLA5,

	/** Capital of a country. */
	PPLC,

	/** Former capital of a country. */
	PPLCH,

	/** Farm village. */
	PPLF,

	/** Seat of government. */
	PPLG,

	/** Place that is no longer populated. */
	PPLH,

	/** Populated locality. */
	PPLL,

	/** Abandoned place. */
	PPLQ,

	/** Religious place. */
	PPLR,

	/** Populated places. */
	PPLS,

	/** Destroyed place. */
	PPLW,

	/** Section of a populated place. */
	PPLX,

	/** Israeli settlement. */
	STLMT

}
