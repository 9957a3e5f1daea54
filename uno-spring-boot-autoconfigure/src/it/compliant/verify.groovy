// Nothing is refused
def problems = new File(basedir, 'build.log').readLines().collect { it =~ /^\[ERROR\] (.*)$/ }.findAll().collect { it[0][1] }.unique()
assert problems == []
assert new File(basedir, 'target/classes/fixture/Names.class').exists()
