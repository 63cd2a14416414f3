import * as stackTrace from "cdktf/lib/tokens/private/stack-trace";

// cdktf writes out a stack trace with each token, for nobody to see: half of the time that tests would take.
Object.assign(stackTrace, { captureStackTrace: () => [] });
