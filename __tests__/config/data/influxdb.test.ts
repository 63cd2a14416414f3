import {
  INFLUXDB_BUCKETS,
  INFLUXDB_READER_NAMES,
  INFLUXDB_READERS,
  INFLUXDB_TOKEN_HOLDER_NAMES,
  INFLUXDB_TOKEN_HOLDERS,
  type InfluxDbBucketName,
} from "../../../config/data/influxdb";

const bucketNames = Object.keys(INFLUXDB_BUCKETS) as readonly InfluxDbBucketName[];

test.each(bucketNames)("the bucket %s forgets in time, and is written by one and read by one", (bucket) => {
  const holders = [
    ...INFLUXDB_TOKEN_HOLDER_NAMES.map((name) => INFLUXDB_TOKEN_HOLDERS[name]),
    ...INFLUXDB_READER_NAMES.map((name) => ({ access: "read", buckets: INFLUXDB_READERS[name].buckets })),
  ];
  const accesses = holders.filter(({ buckets }) => buckets.some((each) => each === bucket)).map(({ access }) => access);
  const { retentionDays } = INFLUXDB_BUCKETS[bucket];

  // InfluxDB takes no time for "never".
  expect(Number.isInteger(retentionDays) && retentionDays > 0).toBe(true);
  expect([...accesses].sort()).toEqual(["read", "write"]);
});

test("nobody has both a token and a password", () => {
  const holders: readonly string[] = INFLUXDB_TOKEN_HOLDER_NAMES;

  expect(INFLUXDB_READER_NAMES.filter((name) => holders.includes(name))).toEqual([]);
});
