package io.uno.sample.load;

import java.io.Console;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.util.Locale;

import io.uno.bulk.BulkProgress;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ReflectionUtils;

/**
 * Shows on a terminal how far a table is, in one line; elsewhere it prints a line per
 * quarter.
 */
class ProgressBar {

	private static final int WIDTH = 30;

	private static final int QUARTERS = 4;

	private final String name;

	private final PrintStream out;

	private final boolean terminal;

	private int quarters;

	private String last;

	ProgressBar(String name, PrintStream out, boolean terminal) {
		this.name = name;
		this.out = out;
		this.terminal = terminal;
		this.last = name;
	}

	static ProgressBar of(String name) {
		return new ProgressBar(name, System.out, isTerminal(System.console()));
	}

	/**
	 * From Java 22 on there may be a console that is no terminal.
	 */
	private static boolean isTerminal(@Nullable Console console) {
		if (console == null) {
			return false;
		}
		Method method = ReflectionUtils.findMethod(Console.class, "isTerminal");
		return method == null || Boolean.TRUE.equals(ReflectionUtils.invokeMethod(method, console));
	}

	void show(double fraction, BulkProgress progress) {
		this.last = line(fraction, progress);
		int reached = (int) (fraction * QUARTERS);
		if (this.terminal) {
			this.out.print("\r" + this.last);
			this.out.flush();
		}
		else if (reached > this.quarters && reached < QUARTERS) {
			this.out.println(this.last);
		}
		this.quarters = reached;
	}

	/**
	 * Leaves the line, so that others may print.
	 */
	void end() {
		this.out.println(this.terminal ? "" : this.last);
	}

	private String line(double fraction, BulkProgress progress) {
		int done = (int) (fraction * WIDTH);
		double seconds = Math.max(progress.elapsed().toNanos() / 1e9, 1e-3);
		return String.format(Locale.ROOT, "%-10s [%s%s] %3d %%  %,9d rows  %,9d rows/s", this.name, "#".repeat(done),
				" ".repeat(WIDTH - done), (int) (fraction * 100), progress.rowsRead(),
				(long) (progress.rowsRead() / seconds));
	}

}
