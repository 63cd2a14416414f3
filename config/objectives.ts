/** The share of what is asked that Sprocket answers as it should. */
export const AVAILABILITY = 0.999;
/** The share of it that may fail, without what binary fractions add. */
export const MAY_FAIL = Number((1 - AVAILABILITY).toPrecision(6));
/** From here on an answer is slow, in seconds. */
export const SLOW_SECONDS = 0.5;
/** The share of the answers that are not slow. */
export const IN_TIME = 0.95;
/** The share of the answers that may be slow, without what binary fractions add. */
export const MAY_BE_SLOW = Number((1 - IN_TIME).toPrecision(6));
/** Over how many days both are counted. */
export const PERIOD_DAYS = 30;
