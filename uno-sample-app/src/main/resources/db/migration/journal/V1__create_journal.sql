create sequence import_run_seq increment by 1;

create table import_run (
	id bigint primary key,
	source varchar(255) not null,
	-- SHA-256 of everything that was read
	fingerprint varchar(64) not null,
	started_at timestamptz not null,
	-- null while it runs, and for good when it failed
	finished_at timestamptz,
	countries bigint not null,
	regions bigint not null,
	cities bigint not null,
	rejected bigint not null,
	unresolved_regions bigint not null
);

create index import_run_fingerprint on import_run (fingerprint);
