const { createRequire } = require("node:module");
const { default: Runtime } = require("jest-runtime");

/** What is slow to load, and keeps nothing that one file of tests could leave to another. */
const SHARED = /^(@cdktf\/provider-.*|@grpc\/.*|cdktf|constructs|protobufjs|ssh2|table|zod)(\/|$)/;

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
