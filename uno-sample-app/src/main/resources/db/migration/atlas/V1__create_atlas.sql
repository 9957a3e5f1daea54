create sequence country_seq increment by 50;

create table country (
	id bigint primary key,
	code varchar(2) not null unique,
	name varchar(255) not null,
	native_name varchar(255) not null,
	phone varchar(255) not null,
	continent varchar(255) not null,
	capital varchar(255),
	currencies varchar(255),
	languages varchar(255)
);

create sequence region_seq increment by 50;

create table region (
	id bigint primary key,
	country_id bigint not null references country,
	code varchar(8) not null,
	name varchar(255) not null,
	unique (country_id, code)
);

create sequence city_seq increment by 1000;

create table city (
	id bigint primary key,
	geoname_id bigint not null unique,
	name varchar(255) not null,
	-- in lower case and without accents
	search_name varchar(255) not null,
	country_id bigint not null references country,
	region_id bigint references region,
	-- as the source names it, also where there is no such region
	region_code varchar(8),
	feature varchar(5) not null,
	population integer not null check (population >= 0),
	location point not null,
	version integer not null
);

-- the largest cities, of one country or of all
create index city_country_population on city (country_id, population);
create index city_population on city (population);
-- the beginning of a name, whatever the collation
create index city_search_name on city (search_name varchar_pattern_ops);
-- for the foreign key
create index city_region on city (region_id);
