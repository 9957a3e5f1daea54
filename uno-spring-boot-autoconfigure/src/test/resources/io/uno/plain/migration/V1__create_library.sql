create sequence author_seq start with 1 increment by 50;
create sequence book_seq start with 1 increment by 50;
create table author (id bigint not null primary key, name varchar(100) not null unique);
create table book (
	id bigint not null primary key,
	version integer not null,
	title varchar(200) not null,
	published integer not null,
	author_id bigint not null references author
);
