import {
  INFLUXDB_BUCKETS,
  INFLUXDB_TOKEN_HOLDER_NAMES,
  INFLUXDB_TOKEN_HOLDERS,
  type InfluxDbBucketName,
} from "../../../config/data/influxdb";

const bucketNames = Object.keys(INFLUXDB_BUCKETS) as readonly InfluxDbBucketName[];

test.each(bucketNames)("the bucket %s forgets in time, and is written by one and read by one", (bucket) => {
  const holders = INFLUXDB_TOKEN_HOLDER_NAMES.map((name) => INFLUXDB_TOKEN_HOLDERS[name]);
  const accesses = holders.filter(({ buckets }) => buckets.some((each) => each === bucket)).map(({ access }) => access);
  const { retentionDays } = INFLUXDB_BUCKETS[bucket];

  // InfluxDB takes no time for "never".
  expect(Number.isInteger(retentionDays) && retentionDays > 0).toBe(true);
  expect([...accesses].sort()).toEqual(["read", "write"]);
});
