package io.uno.datasource.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariDataSource;
import io.uno.datasource.Node;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Says at start which settings the drivers of uno's pools work with, in one line.
 */
class DriverSettingsReport implements ApplicationListener<ContextRefreshedEvent> {

	private static final Log logger = LogFactory.getLog(DriverSettingsReport.class);

	private final List<Node> nodes;

	DriverSettingsReport(List<Node> nodes) {
		this.nodes = nodes;
	}

	/**
	 * Not for a child context, and of no pool that nobody has made, as where a test has
	 * replaced the data source.
	 */
	@Override
	public void onApplicationEvent(ContextRefreshedEvent event) {
		ApplicationContext context = event.getApplicationContext();
		if (context.containsLocalBean("driverSettingsReport")
				&& context instanceof ConfigurableApplicationContext configurable) {
			Map<String, List<Node>> settings = this.nodes.stream()
				.filter((node) -> configurable.getBeanFactory().containsSingleton(node.id()))
				.collect(Collectors.groupingBy((node) -> describe(context.getBean(node.id(), DataSource.class)),
						LinkedHashMap::new, Collectors.toList()));
			if (!settings.isEmpty()) {
				logger.info("Driver settings: " + describe(settings));
			}
		}
	}

	private static String describe(DataSource pool) {
		HikariConfig config = DataSourceUnwrapper.unwrap(pool, HikariConfigMXBean.class, HikariDataSource.class);
		return (config != null) ? DriverSettings.describe(config) : "not known";
	}

	private static String describe(Map<String, List<Node>> settings) {
		return settings.entrySet()
			.stream()
			.map((entry) -> "%s (%s)".formatted(entry.getKey(),
					entry.getValue().stream().map(Node::id).collect(Collectors.joining(", "))))
			.collect(Collectors.joining("; "));
	}

}
