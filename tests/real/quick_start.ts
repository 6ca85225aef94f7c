/**
 * Options of a JVM that is to be quick to start rather than quick to run. Bytecode that came from Maven Central is not verified again: that
 * takes a third of a broker's start.
 */
export const QUICK_START: readonly string[] = [
  "-XX:TieredStopAtLevel=1",
  "-XX:+UseSerialGC",
  "-Xshare:auto",
  "-XX:+UnlockDiagnosticVMOptions",
  "-XX:-BytecodeVerificationRemote",
];
