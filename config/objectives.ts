/** The share of what is asked that Sprocket answers as it should. */
export const AVAILABILITY = 0.999;
/** From here on an answer is slow, in seconds. */
export const SLOW_SECONDS = 0.5;
/** The share of the answers that are not slow. */
export const IN_TIME = 0.95;
/** Over how many days both are counted. */
export const PERIOD_DAYS = 30;
