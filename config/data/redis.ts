/** Redis's port. */
export const REDIS_PORT = 6379;

/** The file in Redis's container with the line of configuration that holds the password: `requirepass …`. */
export const REDIS_PASSWORD_FILE = "/run/secrets/redis-password.conf";
