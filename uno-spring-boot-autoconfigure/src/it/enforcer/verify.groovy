// Every rule of the enforcer fails
def problems = new File(basedir, 'build.log').readLines().collect { it =~ /^\[ERROR\] Rule \d: .*\.(\w+) failed with message:$/ }.findAll().collect { it[0][1] }.unique()
assert problems == ['RequireJavaVersion', 'RequireMavenVersion', 'DependencyConvergence', 'RequireReleaseDeps']
