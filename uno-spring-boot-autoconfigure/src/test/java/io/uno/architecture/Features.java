package io.uno.architecture;

import com.tngtech.archunit.core.domain.JavaClass;

/**
 * The features below a root package: each is one segment, with its wiring in
 * {@code autoconfigure} below it.
 *
 * @param root the package that the features are in
 */
record Features(String root) {

	boolean contain(JavaClass type) {
		return type.getPackageName().startsWith(this.root + ".");
	}

	boolean isWiring(JavaClass type) {
		return (type.getPackageName() + ".").contains(".autoconfigure.");
	}

	/**
	 * Feature that a type belongs to.
	 * @param type the type
	 * @return the segment below the root, or an empty string for the root itself
	 */
	String of(JavaClass type) {
		String below = (type.getPackageName() + ".").substring(this.root.length() + 1);
		int end = below.indexOf('.');
		return (end < 0) ? "" : below.substring(0, end);
	}

}
