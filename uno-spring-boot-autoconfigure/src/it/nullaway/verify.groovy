// Exactly the dereference is refused
def problems = new File(basedir, 'build.log').readLines().collect { it =~ /^\[(?:ERROR|WARNING)\] .*Names\.java:(.*)$/ }.findAll().collect { it[0][1] }.unique()
assert problems == ['[8,28] [NullAway] dereferenced expression name is @Nullable']
