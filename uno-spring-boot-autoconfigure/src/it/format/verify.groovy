// Exactly the file is reported
def problems = new File(basedir, 'build.log').readLines().collect { it =~ /^\[ERROR\]  \* .*[\/\\](Names\.java)$/ }.findAll().collect { it[0][1] }.unique()
assert problems == ['Names.java']
assert new File(basedir, 'build.log').text.contains('spring-javaformat-maven-plugin')
