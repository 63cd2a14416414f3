import {
  APPLICATION_NAMES,
  EVERY_APPLICATION_NAME,
  isSingle,
  OPTIONAL_APPLICATION_NAMES,
  SCALABLE_APPLICATIONS,
  SINGLE_APPLICATIONS,
} from "../../config/applications";
import { BUCKET_USER_NAMES } from "../../config/data/object-storage";
import { RABBITMQ_USER_NAMES } from "../../config/data/rabbitmq";

test("there may be several of every application but those of which there must be one", () => {
  expect([...SCALABLE_APPLICATIONS, ...SINGLE_APPLICATIONS].sort()).toEqual([...APPLICATION_NAMES].sort());
  expect(APPLICATION_NAMES.filter(isSingle)).toEqual([...SINGLE_APPLICATIONS]);
});

test("an application is in every environment, or only where it is asked for", () => {
  expect([...EVERY_APPLICATION_NAME]).toEqual([...new Set([...APPLICATION_NAMES, ...OPTIONAL_APPLICATION_NAMES])]);
});

test("every account on the broker is an application's, and every user of a bucket but the backup", () => {
  const accounts = [...RABBITMQ_USER_NAMES, ...BUCKET_USER_NAMES];

  expect(accounts.filter((account) => !APPLICATION_NAMES.some((name) => name === account))).toEqual(["backup"]);
});
