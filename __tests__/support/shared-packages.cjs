const { createRequire } = require("node:module");
const { default: Runtime } = require("jest-runtime");

/** What is slow to load, and keeps nothing that one file of tests could leave to another. */
const SHARED = /^(@aws-sdk\/.*|@cdktf\/provider-.*|@grpc\/.*|cdktf|constructs|protobufjs|ssh2|table|zod)(\/|$)/;

// As ops/state/s3.ts does in the environment that tests have.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

/** Loads large packages once in each of Jest's processes. Jest itself does so for every file, which is half of its time. */
module.exports = class extends Runtime {
  /**
   * @param {string} from the file that requires
   * @param {string} name
   */
  requireModuleOrMock(from, name) {
    return SHARED.test(name) ? createRequire(from)(name) : super.requireModuleOrMock(from, name);
  }
};
