package io.uno.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Times peers by turns: in every round each of them runs once, in an order of its own, so
 * that whatever slows the machine down for a while meets all of them.
 *
 * @param warmUps rounds that do not count
 * @param count rounds that count
 */
record Rounds(int warmUps, int count) {

	/**
	 * Runs all rounds.
	 * @param peers what is compared
	 * @param before done before each operation, outside of the time
	 * @param after done after each operation, outside of the time
	 * @return the times
	 */
	Measurements run(List<Peer> peers, Peer.Operation before, Peer.Operation after) throws Exception {
		Measurements measurements = new Measurements();
		Random random = new Random(1);
		List<Peer> order = new ArrayList<>(peers);
		for (int round = 1 - this.warmUps; round <= this.count; round++) {
			Collections.shuffle(order, random);
			for (Peer peer : order) {
				double seconds = time(peer, before, after);
				System.out.printf(Locale.ROOT, "round %2d of %d: %s %.3f s%n", round, this.count, peer.name(), seconds);
				if (round > 0) {
					measurements.add(peer.name(), seconds);
				}
			}
		}
		return measurements;
	}

	private static double time(Peer peer, Peer.Operation before, Peer.Operation after) throws Exception {
		before.run();
		// what one peer leaves behind is not cleared away in the time of another
		System.gc();
		long began = System.nanoTime();
		peer.operation().run();
		double seconds = (System.nanoTime() - began) / 1e9;
		after.run();
		return seconds;
	}

}
