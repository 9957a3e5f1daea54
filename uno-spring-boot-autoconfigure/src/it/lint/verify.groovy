// Exactly the raw type is warned of, and a warning is an error
def problems = new File(basedir, 'build.log').readLines().collect { it =~ /^\[(?:ERROR|WARNING)\] .*Names\.java:(.*)$/ }.findAll().collect { it[0][1] }.unique()
assert problems == ['[7,9] found raw type: java.util.List', ' warnings found and -Werror specified']
