import { imageFinding, imagesOf } from "../../../ops/diagnosis/images";

const pinned = "docker.io/library/redis:8@sha256:aa";

test("each image is asked for once", () => {
  expect(imagesOf([{ image: "b" }, { image: "a" }, { image: "b" }])).toEqual(["a", "b"]);
});

test.each([
  ["here", "is on the engine"],
  ["registry", "is in its registry"],
] as const)("an image with a digest that is %s is well", (found, message) => {
  expect(imageFinding(pinned, found)).toEqual({ subject: "docker.io/library/redis:8", state: "ok", message });
});

test("an image without a digest is warned of", () => {
  expect(imageFinding("docker.io/me/core:main", "here")).toEqual({
    subject: "docker.io/me/core:main",
    state: "warning",
    message: "is on the engine, and has no digest: the tag may mean another image tomorrow",
    remedy: expect.stringContaining("config/images/lock.json"),
  });
});

test("an image that is nowhere has failed, and says what its registry said", () => {
  expect(imageFinding(pinned, { refusal: "denied" })).toEqual({
    subject: "docker.io/library/redis:8",
    state: "failed",
    message: "is not on the engine, and its registry does not answer for it: denied",
    remedy: expect.stringContaining("docker pull"),
  });
});
