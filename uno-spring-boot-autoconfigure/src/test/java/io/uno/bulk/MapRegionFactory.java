package io.uno.bulk;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.hibernate.boot.spi.SessionFactoryOptions;
import org.hibernate.cache.cfg.spi.DomainDataRegionBuildingContext;
import org.hibernate.cache.cfg.spi.DomainDataRegionConfig;
import org.hibernate.cache.spi.support.DomainDataStorageAccess;
import org.hibernate.cache.spi.support.RegionFactoryTemplate;
import org.hibernate.cache.spi.support.StorageAccess;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/**
 * A second-level cache made of maps.
 */
public class MapRegionFactory extends RegionFactoryTemplate {

	private static final long serialVersionUID = 1L;

	@Override
	protected DomainDataStorageAccess createDomainDataStorageAccess(DomainDataRegionConfig regionConfig,
			DomainDataRegionBuildingContext buildingContext) {
		return new MapStorage();
	}

	@Override
	protected StorageAccess createQueryResultsRegionStorageAccess(String regionName,
			SessionFactoryImplementor sessionFactory) {
		return new MapStorage();
	}

	@Override
	protected StorageAccess createTimestampsRegionStorageAccess(String regionName,
			SessionFactoryImplementor sessionFactory) {
		return new MapStorage();
	}

	@Override
	protected void prepareForUse(SessionFactoryOptions settings, Map<String, Object> configValues) {
	}

	@Override
	protected void releaseFromUse() {
	}

	private static final class MapStorage implements DomainDataStorageAccess {

		private final Map<Object, Object> entries = new ConcurrentHashMap<>();

		@Override
		@SuppressWarnings("NullAway") // null is how a miss is told
		public @Nullable Object getFromCache(Object key, SharedSessionContractImplementor session) {
			return this.entries.get(key);
		}

		@Override
		public void putIntoCache(Object key, Object value, SharedSessionContractImplementor session) {
			this.entries.put(key, value);
		}

		@Override
		public boolean contains(Object key) {
			return this.entries.containsKey(key);
		}

		@Override
		public void evictData() {
			this.entries.clear();
		}

		@Override
		public void evictData(Object key) {
			this.entries.remove(key);
		}

		@Override
		public void release() {
			this.entries.clear();
		}

	}

}
