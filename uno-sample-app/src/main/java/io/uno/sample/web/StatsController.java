package io.uno.sample.web;

import io.uno.sample.atlas.Statistics;
import io.uno.sample.atlas.StatisticsService;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/stats")
class StatsController {

	private final StatisticsService statistics;

	StatsController(StatisticsService statistics) {
		this.statistics = statistics;
	}

	@GetMapping
	Statistics current() {
		return this.statistics.current();
	}

}
