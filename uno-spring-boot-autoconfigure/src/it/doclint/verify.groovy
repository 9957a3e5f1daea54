// Exactly the unknown parameter is refused
def problems = new File(basedir, 'build.log').readLines().collect { it =~ /^\[(?:ERROR|WARNING)\] .*Names\.java:(.*)$/ }.findAll().collect { it[0][1] }.unique()
assert problems == ['[10,19] @param name not found']
