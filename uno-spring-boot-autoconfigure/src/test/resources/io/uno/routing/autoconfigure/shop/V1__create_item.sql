create table item (id bigint primary key, name text);
insert into item values (1, 'first');
